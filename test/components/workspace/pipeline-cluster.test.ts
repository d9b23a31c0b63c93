import { load } from "../../../environments/load";
import type { EnvironmentSettings } from "../../../environments/settings/settings";
import { synthesize, the } from "../../stacks/synthesized";

const dev = load("dev");
const { databricks } = synthesize(dev);
const identity = "${databricks_service_principal.factory.application_id}";

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
    // Databricks refuses a tag that the pool has already.
    for (const property of ["node_type_id", "driver_node_type_id", "azure_attributes", "custom_tags"])
      expect(pooled).not.toHaveProperty(property);
    expect(JSON.parse(the(stack, "databricks_cluster_policy").definition as string)).toMatchObject({
      instance_pool_id: { type: "fixed", value: pool },
      driver_instance_pool_id: { type: "fixed", value: pool },
    });
  });

  test("data scientists start machines of their own beside a pool, which has none to spare", () => {
    const access = { ...dev.access, dataScientists: "plant scientists" };
    const cluster = { ...dev.cluster, pool: { minIdleInstances: 0, idleMinutes: 15 } };
    const { databricks: stack } = synthesize({ ...dev, access, cluster });
    const theirs = stack.resource["databricks_cluster_policy"]!["pipelines_scientists_policy"]!;
    expect(JSON.parse(theirs.definition as string)).toMatchObject({
      instance_pool_id: { type: "forbidden" },
      node_type_id: { type: "fixed", value: "Standard_D4ds_v5" },
    });
  });
});

function clusterWith(change: Partial<EnvironmentSettings["cluster"]>) {
  return synthesize({ ...dev, cluster: { ...dev.cluster, ...change } }).databricks;
}
