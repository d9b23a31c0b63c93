import { add, change, type Examples, without } from "../spoil";

const account = "azurerm_storage_account";

export const storage: Examples = {
  "shared-keys-are-off": { spoil: without(account, "shared_access_key_enabled"), found: "shared keys" },
  "the-provider-uses-identities-for-storage": {
    spoil: ({ foundation }) => delete foundation.provider["azurerm"]![0]!["storage_use_azuread"],
    found: "storage_use_azuread",
  },
  "the-provider-needs-no-data-plane": {
    spoil: ({ foundation }) => Object.assign(foundation.provider["azurerm"]![0]!, { features: [{}] }),
    found: "data plane",
  },
  "containers-are-made-by-resource-manager": {
    spoil: without("azurerm_storage_container", "storage_account_id"),
    found: "storage_account_id",
  },
  "data-roles-are-given-on-one-container": {
    spoil: change("azurerm_role_assignment", {
      role_definition_name: "Storage Blob Data Contributor",
      scope: "${azurerm_storage_account.data_lake_account.id}",
    }),
    found: "on the whole lake",
  },
  "lakes-state-no-versioning": {
    spoil: change(account, { blob_properties: { versioning_enabled: true } }),
    found: "asks for versioning",
  },
  "deleted-blobs-come-back": { spoil: without(account, "blob_properties"), found: "no soft delete" },
  "key-vaults-cannot-be-purged": { spoil: add("foundation", "azurerm_key_vault", {}), found: "purge protection" },
  "event-grid-is-registered": {
    spoil: (stacks) =>
      Object.values(stacks).forEach(({ provider }) =>
        provider["azurerm"]?.forEach((azurerm) => delete azurerm["resource_providers_to_register"]),
      ),
    found: "which nothing registers",
  },
};
