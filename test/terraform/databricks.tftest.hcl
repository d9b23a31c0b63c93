# The real databricks provider checks the configuration; nothing is created.
mock_provider "databricks" {}

override_data {
  target = data.terraform_remote_state.cross_stack_reference_input_dev_foundation
  values = {
    outputs = {
      cross_stack_output_azurerm_databricks_access_connector_access_connector_id    = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Databricks/accessConnectors/dbac"
      cross_stack_output_azurerm_databricks_workspace_databricks_workspace_id            = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Databricks/workspaces/dbw"
      cross_stack_output_azurerm_databricks_workspace_databricks_workspace_workspace_url = "adb-1.2.azuredatabricks.net"
      cross_stack_output_azurerm_user_assigned_identity_factory_identity_client_id       = "22222222-2222-2222-2222-222222222222"
    }
  }
}

run "apply" {
  assert {
    condition     = databricks_cluster.pipelines_cluster.single_user_name == "22222222-2222-2222-2222-222222222222"
    error_message = "The cluster does not belong to the factory's identity."
  }
  assert {
    condition     = databricks_cluster.pipelines_cluster.policy_id == databricks_cluster_policy.pipelines_policy.id
    error_message = "The cluster has another policy."
  }
  assert {
    condition     = databricks_storage_credential.lake_credential.azure_managed_identity[0].access_connector_id == "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Databricks/accessConnectors/dbac"
    error_message = "Unity Catalog reaches the lake through another identity."
  }
  assert {
    condition = alltrue([for grant in [
      databricks_grant.lake_read_landing,
      databricks_grant.lake_use_catalog,
      databricks_grant.lake_use_schema,
      databricks_grant.lake_use_volume,
    ] : grant.principal == "22222222-2222-2222-2222-222222222222"])
    error_message = "A grant is not the factory's identity's."
  }
  assert {
    condition     = startswith(databricks_catalog.lake_catalog.storage_root, "${databricks_external_location.lake_lake.url}/")
    error_message = "The catalog's managed root lies in no external location."
  }
}
