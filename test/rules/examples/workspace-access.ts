import { add, everyOf, type Examples, without } from "../spoil";

export const workspaceAccess: Examples = {
  "plans-ask-the-workspace-for-nothing": {
    spoil: ({ databricks }) => Object.assign(databricks, { data: { databricks_group: { operators: {} } } }),
    found: "data.databricks_group",
  },
  "groups-come-from-the-account": {
    spoil: add("databricks", "databricks_group", { display_name: "operators" }),
    found: "databricks_group.added",
  },
  "entitlements-have-one-place": { spoil: add("databricks", "databricks_entitlements", {}), found: "second time" },
  "identities-may-have-entered-before": {
    spoil: without("databricks_service_principal", "force"),
    found: "databricks_service_principal.factory is refused",
  },
  "permissions-have-one-place": {
    spoil: (stacks) =>
      add("databricks", "databricks_permissions", { ...everyOf(stacks, "databricks_permissions")[0] })(stacks),
    found: "is the second for",
  },
  "no-mount-and-no-secret": { spoil: add("databricks", "databricks_mount", {}), found: "databricks_mount.added" },
};
