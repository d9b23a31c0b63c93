# The real azurerm provider checks the configuration; nothing is created. Ids that a resource hands to another must look real.
mock_provider "azurerm" {
  mock_data "azurerm_subscription" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000" }
  }
  mock_data "azurerm_client_config" {
    defaults = { object_id = "22222222-2222-2222-2222-222222222222" }
  }
  mock_resource "azurerm_storage_account" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/account" }
  }
  mock_resource "azurerm_storage_container" {
    defaults = { id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/account/blobServices/default/containers/states" }
  }
  mock_resource "azurerm_user_assigned_identity" {
    defaults = {
      id           = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id"
      principal_id = "11111111-1111-1111-1111-111111111111"
    }
  }
}

run "apply" {
  assert {
    condition     = !azurerm_storage_account.state_account.shared_access_key_enabled
    error_message = "The state account takes keys."
  }
  assert {
    condition     = azurerm_role_assignment.mover.scope == azurerm_storage_account.state_account.id
    error_message = "Whoever moves the state may write elsewhere than to the account of states, plans and releases."
  }
  assert {
    condition     = azurerm_role_assignment.identities_planner_resources.role_definition_name == "Reader"
    error_message = "The planner may change something."
  }
}
