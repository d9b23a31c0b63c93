# The real azurerm provider checks the configuration; nothing is created. Ids that a resource hands to another must look real.
mock_provider "azurerm" {
  mock_resource "azurerm_data_factory" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.DataFactory/factories/adf" }
  }
}

override_data {
  target = data.terraform_remote_state.cross_stack_reference_input_dev_foundation
  values = {
    outputs = {
      cross_stack_output_azurerm_databricks_workspace_databricks_workspace_id                                               = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Databricks/workspaces/dbw"
      cross_stack_output_azurerm_databricks_workspace_databricks_workspace_workspace_url                                    = "adb-1.2.azuredatabricks.net"
      cross_stack_output_azurerm_private_dns_zone_endpoints_privatelink_adf_azure_com_id                                    = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/privatelink.adf.azure.com"
      cross_stack_output_azurerm_private_dns_zone_endpoints_privatelink_datafactory_azure_net_id                            = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/privatelink.datafactory.azure.net"
      cross_stack_output_azurerm_subnet_network_security_group_association_network_endpoint_subnet_security_group_subnet_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/endpoints"
      cross_stack_output_azurerm_resource_group_resource_group_id                                                           = "/subscriptions/0/resourceGroups/rg"
      cross_stack_output_azurerm_storage_account_data_lake_account_id                                                       = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/account"
      cross_stack_output_azurerm_user_assigned_identity_factory_identity_id                                                 = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id"
      cross_stack_output_azurerm_user_assigned_identity_factory_identity_principal_id                                       = "33333333-3333-3333-3333-333333333333"
    }
  }
}

override_data {
  target = data.terraform_remote_state.cross_stack_reference_input_dev_databricks
  values = {
    outputs = { cross_stack_output_databricks_cluster_pipelines_cluster_id = "0101-000000-cluster" }
  }
}

run "apply" {
  assert {
    condition = jsondecode(azurerm_data_factory_linked_custom_service.factory_databricks.type_properties_json) == {
      domain              = "https://adb-1.2.azuredatabricks.net"
      authentication      = "MSI"
      workspaceResourceId = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Databricks/workspaces/dbw"
      existingClusterId   = "0101-000000-cluster"
      credential          = { referenceName = azurerm_data_factory_credential_user_managed_identity.factory_credential.name, type = "CredentialReference" }
    }
    error_message = "The linked service does not open the cluster with the factory's identity."
  }
  assert {
    condition     = [for activity in jsondecode(azurerm_data_factory_pipeline.pipelines_scoring.activities_json) : activity.name] == ["ingest", "if_new_data"]
    error_message = "The scoring pipeline has other activities."
  }
  assert {
    condition     = [for pipeline in azurerm_data_factory_trigger_blob_event.pipelines_new_blobs.pipeline : pipeline.name] == [azurerm_data_factory_pipeline.pipelines_doorbell.name]
    error_message = "New blobs start another pipeline."
  }
  assert {
    condition     = azurerm_data_factory.factory_factory.identity[0].identity_ids == toset([azurerm_data_factory_credential_user_managed_identity.factory_credential.identity_id])
    error_message = "The factory does not have the identity of its credential."
  }
}
