import { load } from "../../environments/load";
import type { EnvironmentSettings } from "../../environments/settings";
import { every, synthesize, the } from "./synthesized";

const dev = load("dev");
const { databricks } = synthesize(dev);
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

describe("cluster", () => {
  const cluster = the(databricks, "databricks_cluster");

  test("it scales, and states no number of workers beside that", () => {
    expect(cluster.autoscale).toEqual({
      min_workers: dev.cluster.minWorkers,
      max_workers: dev.cluster.maxWorkers,
    });
    expect(cluster).not.toHaveProperty("num_workers");
  });

  test("it stops when idle and is pinned, or Databricks would forget it after 30 days", () => {
    expect(cluster).toMatchObject({ autotermination_minutes: 10, is_pinned: true });
  });

  test("it belongs to the factory's identity alone and runs the ML runtime, which Unity Catalog wants without `kind`", () => {
    expect(cluster).toMatchObject({
      data_security_mode: "SINGLE_USER",
      single_user_name: identity,
      spark_version: "17.3.x-cpu-ml-scala2.13",
    });
    expect(cluster).not.toHaveProperty("kind");
  });

  test("notebooks compute in UTC, and MLflow has a volume for temporary files and an experiment", () => {
    expect(cluster).toMatchObject({
      spark_conf: { "spark.sql.session.timeZone": "UTC" },
      spark_env_vars: {
        MLFLOW_DFS_TMP: "/Volumes/pdm_dev_d01/predictive_maintenance/mlflow/tmp",
        MLFLOW_EXPERIMENT_NAME: "/predictive-maintenance/dev/experiment",
      },
    });
  });

  test("its machines are ordinary ones of the environment's size", () => {
    expect(cluster).toMatchObject({
      node_type_id: "Standard_D4ds_v5",
      driver_node_type_id: "Standard_D4ds_v5",
      azure_attributes: { availability: "ON_DEMAND_AZURE", first_on_demand: 1, spot_bid_max_price: -1 },
    });
  });

  test("its policy allows the environment's sizes and no more", () => {
    const { definition, max_clusters_per_user } = the(databricks, "databricks_cluster_policy");
    const workers = { type: "range", minValue: 1, maxValue: 2 };
    expect(JSON.parse(definition as string)).toEqual({
      cluster_type: { type: "fixed", value: "all-purpose" },
      spark_version: { type: "fixed", value: "17.3.x-cpu-ml-scala2.13" },
      runtime_engine: { type: "fixed", value: "STANDARD" },
      num_workers: { type: "forbidden" },
      "autoscale.min_workers": workers,
      "autoscale.max_workers": workers,
      autotermination_minutes: { type: "range", minValue: 10, maxValue: 10 },
      data_security_mode: { type: "fixed", value: "SINGLE_USER" },
      instance_pool_id: { type: "forbidden" },
      driver_instance_pool_id: { type: "forbidden" },
      node_type_id: { type: "fixed", value: "Standard_D4ds_v5" },
      driver_node_type_id: { type: "fixed", value: "Standard_D4ds_v5" },
      "azure_attributes.availability": { type: "fixed", value: "ON_DEMAND_AZURE" },
      "azure_attributes.first_on_demand": { type: "range", minValue: 1, maxValue: 101 },
      "azure_attributes.spot_bid_max_price": { type: "fixed", value: -1 },
    });
    expect(max_clusters_per_user).toBe(1);
    expect(cluster.policy_id).toBe("${databricks_cluster_policy.pipelines_policy.id}");
  });

  test("spot machines come after those on demand and fall back on ordinary ones, by policy too", () => {
    const stack = clusterWith({ spot: true, onDemandNodes: 2, driverNodeType: "Standard_E8ds_v5" });
    expect(the(stack, "databricks_cluster")).toMatchObject({
      driver_node_type_id: "Standard_E8ds_v5",
      azure_attributes: { availability: "SPOT_WITH_FALLBACK_AZURE", first_on_demand: 2, spot_bid_max_price: -1 },
    });
    expect(JSON.parse(the(stack, "databricks_cluster_policy").definition as string)).toMatchObject({
      "azure_attributes.availability": { type: "fixed", value: "SPOT_WITH_FALLBACK_AZURE" },
      driver_node_type_id: { type: "fixed", value: "Standard_E8ds_v5" },
    });
  });

  test("a pool has the machines then, no more than the cluster takes, and the policy allows no others", () => {
    const stack = clusterWith({ pool: { minIdleInstances: 1, idleMinutes: 15 } });
    expect(the(stack, "databricks_instance_pool")).toMatchObject({
      node_type_id: "Standard_D4ds_v5",
      min_idle_instances: 1,
      max_capacity: 3,
      idle_instance_autotermination_minutes: 15,
      custom_tags: { owner: dev.tags.owner, environment: "dev" },
    });
    const pooled = the(stack, "databricks_cluster");
    const pool = "${databricks_instance_pool.pipelines_pool.id}";
    expect(pooled).toMatchObject({ instance_pool_id: pool, driver_instance_pool_id: pool });
    for (const property of ["node_type_id", "driver_node_type_id", "azure_attributes"])
      expect(pooled).not.toHaveProperty(property);
    expect(JSON.parse(the(stack, "databricks_cluster_policy").definition as string)).toMatchObject({
      instance_pool_id: { type: "fixed", value: pool },
      driver_instance_pool_id: { type: "fixed", value: pool },
    });
  });
});

function clusterWith(change: Partial<EnvironmentSettings["cluster"]>) {
  return synthesize({ ...dev, cluster: { ...dev.cluster, ...change } }).databricks;
}

describe("people", () => {
  const access = { dataScientists: "plant scientists", operators: "plant operators" };
  const { databricks: stack } = synthesize({ ...dev, access });
  const scientists = "${data.databricks_group.people_data_scientists.display_name}";
  const operators = "${data.databricks_group.people_operators.display_name}";

  test("groups are looked up by name in the account, never made", () => {
    expect(stack.data?.["databricks_group"]).toMatchObject({
      people_data_scientists: { display_name: "plant scientists" },
      people_operators: { display_name: "plant operators" },
    });
    expect(stack.resource).not.toHaveProperty("databricks_group");
  });

  test("each object has its permissions in one place, or two would change them back and forth", () => {
    const objects = every(stack, "databricks_permissions").map(
      ({ cluster_id, directory_path, experiment_id, cluster_policy_id }) =>
        cluster_id ?? directory_path ?? experiment_id ?? cluster_policy_id,
    );
    expect(new Set(objects).size).toBe(objects.length);
  });

  test("data scientists read, and start one bounded cluster each; operators restart the pipelines' and read", () => {
    const levels = every(stack, "databricks_permissions").map(({ access_control }) =>
      (access_control as { group_name?: string; permission_level: string }[])
        .filter(({ group_name }) => group_name)
        .map(({ group_name, permission_level }) => [group_name, permission_level]),
    );
    expect(levels).toEqual([
      [
        [scientists, "CAN_READ"],
        [operators, "CAN_READ"],
      ],
      [[operators, "CAN_RESTART"]],
      [[scientists, "CAN_USE"]],
      [
        [scientists, "CAN_READ"],
        [operators, "CAN_READ"],
      ],
    ]);
  });

  test("people read tables and write none", () => {
    const grants = every(stack, "databricks_grant").filter(({ principal }) => principal !== identity);
    expect(grants.map(({ principal, privileges }) => [principal, privileges])).toEqual([
      [operators, ["USE_CATALOG"]],
      [operators, ["USE_SCHEMA", "SELECT"]],
      [scientists, ["USE_CATALOG"]],
      [scientists, ["USE_SCHEMA", "SELECT", "EXECUTE"]],
      [scientists, ["READ_VOLUME"]],
    ]);
  });

  test("the operators' group in Entra operates the factory", () => {
    const operatorsObjectId = "11111111-2222-3333-4444-555555555555";
    const { dataFactory } = synthesize({ ...dev, access: { operatorsObjectId } });
    expect(every(dataFactory, "azurerm_role_assignment")).toContainEqual(
      expect.objectContaining({
        role_definition_name: "Data Factory Contributor",
        principal_id: operatorsObjectId,
        principal_type: "Group",
        scope: "${azurerm_data_factory.factory_factory.id}",
      }),
    );
  });
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
    expect(isolated.map((object) => object.isolation_mode)).toEqual(Array(3).fill("ISOLATION_MODE_ISOLATED"));
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
      ["USE_CATALOG"],
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
