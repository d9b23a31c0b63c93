import { load } from "../../environments/load";
import { every, synthesizeWhole, the } from "./synthesized";

const dev = load("dev");
const { databricks } = synthesizeWhole(dev);
const identity = "${databricks_service_principal.factory.application_id}";

test("the provider enters by the workspace's resource id too, or a deployer's first call fails", () => {
  const outputs =
    "${data.terraform_remote_state.cross_stack_reference_input_dev_foundation.outputs.cross_stack_output_";
  expect(databricks.provider.databricks).toEqual([
    {
      host: `https://${outputs}azurerm_databricks_workspace_databricks_workspace_workspace_url}`,
      azure_workspace_resource_id: `${outputs}azurerm_databricks_workspace_databricks_workspace_id}`,
    },
  ]);
});

test("the provider is not configured in the stack that makes the workspace", () => {
  expect(databricks.resource).not.toHaveProperty("azurerm_databricks_workspace");
});

describe("Unity Catalog", () => {
  test("the lake is reached through the access connector's managed identity, by no key and no mount", () => {
    expect(the(databricks, "databricks_storage_credential").azure_managed_identity).toEqual({
      access_connector_id: expect.stringMatching(/databricks_access_connector_access_connector_id}$/),
    });
    expect(Object.keys(databricks.resource).filter((type) => /mount|secret/.test(type))).toEqual([]);
  });

  test("credential, locations and catalog are visible in this workspace only", () => {
    const isolated = ["databricks_storage_credential", "databricks_external_location"].flatMap((type) =>
      every(databricks, type),
    );
    expect(isolated.map((object) => object.isolation_mode)).toEqual(Array(4).fill("ISOLATION_MODE_ISOLATED"));
    expect(the(databricks, "databricks_catalog").isolation_mode).toBe("ISOLATED");
  });

  test("names that the whole metastore shares carry environment and suffix", () => {
    for (const type of ["databricks_catalog", "databricks_storage_credential", "databricks_external_location"])
      for (const { name } of every(databricks, type)) expect(name).toMatch(/^pdm_dev_d01/);
  });

  test("landing and the managed root lie in locations that do not overlap; raw files are read only", () => {
    const locations = Object.fromEntries(
      every(databricks, "databricks_external_location").map(({ url, read_only }) => [url, read_only ?? false]),
    );
    expect(locations).toEqual({
      "abfss://lake@stpdmdevd01.dfs.core.windows.net": false,
      "abfss://landing@stpdmdevd01.dfs.core.windows.net": true,
      "abfss://verification@stpdmdevd01.dfs.core.windows.net": true,
    });
    expect(the(databricks, "databricks_catalog").storage_root).toBe(
      "abfss://lake@stpdmdevd01.dfs.core.windows.net/catalog",
    );
  });

  test("the volume is managed, so that its path can overlap no other", () => {
    const volume = the(databricks, "databricks_volume");
    expect(volume.volume_type).toBe("MANAGED");
    expect(volume).not.toHaveProperty("storage_location");
  });

  test("the factory's identity may do exactly what the notebooks do", () => {
    const grants = every(databricks, "databricks_grant");
    for (const grant of grants) expect(grant.principal).toBe(identity);
    expect(grants.map((grant) => grant.privileges)).toEqual([
      ["READ_FILES"],
      ["READ_FILES"],
      ["USE_CATALOG"],
      ["USE_SCHEMA", "CREATE_TABLE", "SELECT", "MODIFY", "CREATE_MODEL", "EXECUTE"],
      ["USE_SCHEMA", "CREATE_TABLE", "SELECT", "MODIFY", "CREATE_MODEL", "EXECUTE"],
      ["READ_VOLUME", "WRITE_VOLUME"],
    ]);
  });
});

describe("the factory's identity in the workspace", () => {
  test("it is a member by its client id, its entitlements stated in one place", () => {
    expect(the(databricks, "databricks_service_principal")).toMatchObject({
      application_id: expect.stringMatching(/factory_identity_client_id}$/),
      workspace_access: true,
    });
    expect(databricks.resource).not.toHaveProperty("databricks_entitlements");
  });

  test("it may restart the cluster, read the notebooks and write to the experiment", () => {
    const levels = every(databricks, "databricks_permissions").map(({ access_control }) => access_control);
    expect(levels).toEqual(
      ["CAN_READ", "CAN_RESTART", "CAN_EDIT"].map((permission_level) => [
        { permission_level, service_principal_name: identity },
      ]),
    );
  });
});

describe("release", () => {
  const notebooks = every(databricks, "databricks_notebook");
  const files = every(databricks, "databricks_workspace_file");

  test("notebooks and their package keep their relative layout below one folder named after the content", () => {
    const paths = [...notebooks, ...files].map(({ path }) => String(path));
    const root = /^\/predictive-maintenance\/dev\/[0-9a-f]{16}\//;
    for (const path of paths) expect(path).toMatch(root);
    expect(new Set(paths.map((path) => root.exec(path)?.[0]))).toHaveProperty("size", 1);
    const relative = paths.map((path) => path.replace(root, ""));
    expect(relative).toEqual(expect.arrayContaining(["ingest", "training", "predictive_maintenance/__init__.py"]));
  });

  test("the examination notebooks are deployed beside the package that they import", () => {
    const names = notebooks.flatMap(({ path }) => /\/explore\/(.+)$/.exec(String(path))?.[1] ?? []);
    expect(names.sort()).toEqual([
      "1a_raw_data_exploring",
      "2a_feature_exploration",
      "2b_model_testing",
      "3b_model_scoring_evaluation",
    ]);
  });

  test("a folder is made after the one that it is in", () => {
    const folders = Object.entries(databricks.resource["databricks_directory"]!);
    const idOf = (end: string) => folders.find(([, { path }]) => String(path).endsWith(end))![0];
    const charts = databricks.resource["databricks_directory"]![idOf("/predictive_maintenance/charts")]!;
    expect(charts["depends_on"]).toEqual([`databricks_directory.${idOf("/predictive_maintenance")}`]);
  });

  test("sources are relative to the stack, never a path of this machine", () => {
    for (const { source } of [...notebooks, ...files]) expect(source).toMatch(/^assets\//);
  });

  test("a new release is complete before the old one goes", () => {
    const release = [...notebooks, ...files];
    for (const { lifecycle } of release) expect(lifecycle).toEqual({ create_before_destroy: true });
  });
});
