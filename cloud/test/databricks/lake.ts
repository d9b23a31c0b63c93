import type { TestWorkspace } from "./workspace";

export const UC = "/unity-catalog";
export const LAKE = "abfss://lake@plant.dfs.core.windows.net";
const connector = "/subscriptions/a/resourceGroups/b/providers/Microsoft.Databricks/accessConnectors/c";
const credential = { name: "lake", azure_managed_identity: { access_connector_id: connector } };
export const location = { name: "lake", url: LAKE, credential_name: "lake" };
export const catalog = { name: "Plant", storage_root: `${LAKE}/catalog` };
export const schema = { name: "machines", catalog_name: "plant" };
export const volume = { name: "mlflow", catalog_name: "plant", schema_name: "machines", volume_type: "MANAGED" };

/** A catalog in a location, with a schema and a volume. */
export async function makeLake(workspace: TestWorkspace): Promise<void> {
  await workspace.done("POST", `${UC}/storage-credentials`, credential);
  await workspace.done("POST", `${UC}/external-locations`, location);
  await workspace.done("POST", `${UC}/catalogs`, catalog);
  await workspace.done("POST", `${UC}/schemas`, schema);
  await workspace.done("POST", `${UC}/volumes`, volume);
}
