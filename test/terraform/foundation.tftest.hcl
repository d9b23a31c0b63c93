# The real azurerm provider checks the configuration; nothing is created. Ids that a resource hands to another must look real.
mock_provider "azurerm" {
  mock_resource "azurerm_virtual_network" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet" }
  }
  mock_resource "azurerm_subnet" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/subnet" }
  }
  mock_resource "azurerm_subnet_network_security_group_association" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/subnet" }
  }
  mock_resource "azurerm_network_security_group" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg" }
  }
  mock_resource "azurerm_nat_gateway" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/natGateways/ng" }
  }
  mock_resource "azurerm_public_ip" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/pip" }
  }
  mock_resource "azurerm_storage_account" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/account" }
  }
  mock_resource "azurerm_storage_container" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/account/blobServices/default/containers/container" }
  }
  mock_resource "azurerm_databricks_access_connector" {
    defaults = {
      id       = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Databricks/accessConnectors/dbac"
      identity = { principal_id = "11111111-1111-1111-1111-111111111111" }
    }
  }
  mock_resource "azurerm_databricks_workspace" {
    defaults = {
      id                        = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Databricks/workspaces/dbw"
      managed_resource_group_id = "/subscriptions/0/resourceGroups/managed"
    }
  }
  mock_resource "azurerm_private_dns_zone" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/zone" }
  }
}

run "apply" {
  assert {
    condition     = azurerm_databricks_workspace.databricks_workspace.resource_group_name == azurerm_resource_group.resource_group.name
    error_message = "The workspace is in another resource group."
  }
  assert {
    condition     = azurerm_databricks_workspace.databricks_workspace.custom_parameters[0].virtual_network_id == azurerm_virtual_network.network_virtual_network.id
    error_message = "The workspace is not injected into the network."
  }
  assert {
    condition = alltrue([for role in [
      azurerm_role_assignment.lake_access_delegator,
      azurerm_role_assignment.lake_access_lake_contributor,
      azurerm_role_assignment.lake_access_landing_reader,
    ] : role.principal_id == azurerm_databricks_access_connector.access_connector.identity[0].principal_id])
    error_message = "Somebody else than the access connector has a role on the lake."
  }
  assert {
    condition     = !azurerm_storage_account.data_lake_account.shared_access_key_enabled
    error_message = "The storage account takes keys."
  }
}
