# The real azurerm provider checks the configuration; nothing is created. Ids that a resource hands to another must look real.
mock_provider "azurerm" {
  mock_data "azurerm_subscription" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000" }
  }
  mock_resource "azurerm_log_analytics_workspace" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/log" }
  }
  mock_resource "azurerm_monitor_action_group" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/ag" }
  }
}

override_data {
  target = data.terraform_remote_state.cross_stack_reference_input_dev_foundation
  values = {
    outputs = {
      cross_stack_output_azurerm_databricks_workspace_databricks_workspace_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Databricks/workspaces/dbw"
      cross_stack_output_azurerm_storage_account_data_lake_account_id         = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/account"
    }
  }
}

override_data {
  target = data.terraform_remote_state.cross_stack_reference_input_dev_data_factory
  values = {
    outputs = {
      cross_stack_output_azurerm_data_factory_factory_factory_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.DataFactory/factories/adf"
    }
  }
}

run "apply" {
  assert {
    condition     = azurerm_monitor_diagnostic_setting.data_lake.target_resource_id == "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/account/blobServices/default"
    error_message = "The logs are not those of the blob service."
  }
  assert {
    condition     = azurerm_monitor_metric_alert.alerts_failed_pipeline_runs.criteria[0].threshold == 0
    error_message = "The first failed run fires no alert."
  }
  assert {
    condition = alltrue([for budget in [
      azurerm_consumption_budget_subscription.budget_resourceGroup,
      azurerm_consumption_budget_subscription.budget_managedResourceGroup,
    ] : can(regex("^20\\d\\d-\\d\\d-01T00:00:00Z$", budget.time_period[0].start_date))])
    error_message = "A budget does not start on the first of a month."
  }
}
