import { block, ofEach, resources, texts, type Rule, type Stacks } from "./rule";

/** Names of the containers of the lake: the account of the states is none. */
export function containersOf(stacks: Stacks): readonly unknown[] {
  const lakes = resources(stacks, "azurerm_storage_account").filter(({ properties }) => properties["is_hns_enabled"]);
  const ids = lakes.map(({ address }) => `\${${address.split(" ")[1]}.id}`);
  return resources(stacks, "azurerm_storage_container")
    .filter(({ properties }) => ids.includes(String(properties["storage_account_id"])))
    .map(({ properties }) => properties["name"]);
}

export const storage: readonly Rule[] = [
  {
    name: "shared-keys-are-off",
    otherwise: "a key gives access to everything, and logs do not show who used it",
    check: ofEach("azurerm_storage_account", ({ shared_access_key_enabled }) =>
      shared_access_key_enabled === false ? undefined : "lets shared keys in",
    ),
  },
  {
    name: "the-provider-uses-identities-for-storage",
    otherwise: "without shared keys, the provider fails with 403",
    thread: "hashicorp/terraform-provider-azurerm#27752",
    check: (stacks) =>
      Object.entries(stacks).flatMap(([stack, { provider }]) =>
        (provider?.["azurerm"] ?? [])
          .filter(({ storage_use_azuread }) => storage_use_azuread !== true)
          .map(() => `${stack} configures azurerm without storage_use_azuread`),
      ),
  },
  {
    name: "the-provider-needs-no-data-plane",
    otherwise: "the provider waits for a storage account behind a firewall",
    check: (stacks) =>
      Object.entries(stacks).flatMap(([stack, { provider }]) =>
        (provider?.["azurerm"] ?? [])
          .filter(({ features }) => block(block(features)["storage"])["data_plane_available"] !== false)
          .map(() => `${stack} configures azurerm with a data plane of storage`),
      ),
  },
  {
    name: "containers-are-made-by-resource-manager",
    otherwise: "creating them needs a key or a way through the firewall",
    thread: "hashicorp/terraform-provider-azurerm#27752",
    check: ofEach("azurerm_storage_container", ({ storage_account_id }) =>
      storage_account_id ? undefined : "is made by the account's name instead of its storage_account_id",
    ),
  },
  {
    name: "data-roles-are-given-on-one-container",
    otherwise: "producers of raw files could change tables, and readers could read everything",
    check: (stacks) => {
      const lakes = resources(stacks, "azurerm_storage_account")
        .filter(({ properties }) => properties["is_hns_enabled"] === true)
        .map(({ address }) => `\${${address.split(" ")[1]}.id}`);
      return ofEach("azurerm_role_assignment", ({ scope, role_definition_name: role }) =>
        /^Storage Blob Data /.test(String(role)) && lakes.includes(String(scope))
          ? `gives ${String(role)} on the whole lake`
          : undefined,
      )(stacks);
    },
  },
  {
    name: "lakes-state-no-versioning",
    otherwise: "the plan succeeds and the apply fails: versioning and a hierarchical namespace exclude each other",
    check: ofEach("azurerm_storage_account", ({ is_hns_enabled, blob_properties }) => {
      const { versioning_enabled, restore_policy, change_feed_enabled } = block(blob_properties);
      return is_hns_enabled === true && (versioning_enabled || restore_policy || change_feed_enabled)
        ? "has a hierarchical namespace and asks for versioning, change feed or point-in-time restore"
        : undefined;
    }),
  },
  {
    name: "deleted-blobs-come-back",
    otherwise: "deleted blobs are gone for good",
    check: ofEach("azurerm_storage_account", ({ blob_properties }) => {
      const { delete_retention_policy, container_delete_retention_policy } = block(blob_properties);
      return delete_retention_policy && container_delete_retention_policy
        ? undefined
        : "has no soft delete of blobs and containers";
    }),
  },
  {
    name: "key-vaults-cannot-be-purged",
    otherwise: "deleted keys are gone for good, and the name is reserved for up to 90 days",
    check: ofEach("azurerm_key_vault", ({ purge_protection_enabled }) =>
      purge_protection_enabled === true ? undefined : "has no purge protection",
    ),
  },
  {
    name: "event-grid-is-registered",
    otherwise: "starting the trigger fails with LinkedAuthorizationFailed",
    thread: "MicrosoftDocs/azure-docs#29172",
    check: (stacks) => {
      const registered = Object.values(stacks).flatMap(({ provider }) =>
        (provider?.["azurerm"] ?? []).flatMap(({ resource_providers_to_register }) =>
          texts(resource_providers_to_register),
        ),
      );
      return registered.includes("Microsoft.EventGrid")
        ? []
        : resources(stacks, "azurerm_data_factory_trigger_blob_event").map(
            ({ address }) => `${address} waits for Event Grid, which nothing registers`,
          );
    },
  },
];
