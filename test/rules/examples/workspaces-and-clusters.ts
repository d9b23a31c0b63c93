import { add, change, type Examples, features, without } from "../spoil";

const cluster = "databricks_cluster";
const workspace = "azurerm_databricks_workspace";

export const workspacesAndClusters: Examples = {
  "workspaces-are-premium": { spoil: change(workspace, { sku: "standard" }), found: "the tier standard" },
  "the-provider-stands-apart-from-its-workspace": {
    spoil: ({ foundation }) => Object.assign(foundation.provider, { databricks: [{}] }),
    found: "foundation makes a workspace",
  },
  "the-provider-has-the-workspace-resource-id": {
    spoil: ({ databricks }) => delete databricks.provider["databricks"]![0]!["azure_workspace_resource_id"],
    found: "azure_workspace_resource_id",
  },
  "clusters-are-pinned": { spoil: without(cluster, "is_pinned"), found: "not pinned" },
  "clusters-need-not-start-to-be-made": { spoil: without(cluster, "no_wait"), found: "is waited for" },
  "workspaces-leave-nothing-in-the-way": {
    spoil: ({ foundation }) => delete features(foundation)["databricks_workspace"],
    found: "databricks_workspace.force_delete",
  },
  "clusters-scale-or-are-fixed-never-both": { spoil: change(cluster, { num_workers: 2 }), found: "beside autoscale" },
  "clusters-stop-when-idle": { spoil: change(cluster, { autotermination_minutes: 0 }), found: "never stops" },
  "clusters-belong-to-one-identity": { spoil: change(cluster, { kind: "CLASSIC_PREVIEW" }), found: "without kind" },
  "clusters-have-a-policy": { spoil: without(cluster, "policy_id"), found: "no policy" },
  "mlflow-has-a-volume-and-an-experiment": { spoil: change(cluster, { spark_env_vars: {} }), found: "MLFLOW_DFS_TMP" },
  "clusters-repeat-no-tag-of-their-pool": {
    spoil: (stacks) => {
      add("databricks", "databricks_instance_pool", { custom_tags: { owner: "plant" } })(stacks);
      change(cluster, { instance_pool_id: "${databricks_instance_pool.added.id}" })(stacks);
    },
    found: "repeats tags of its pool: owner",
  },
  "pools-are-for-the-pipelines-alone": {
    spoil: (stacks) => {
      const definition = '{"instance_pool_id":{"type":"fixed","value":"${databricks_instance_pool.pool.id}"}}';
      add("databricks", "databricks_cluster_policy", { definition })(stacks);
      add("databricks", "databricks_permissions", { cluster_policy_id: "${databricks_cluster_policy.added.id}" })(
        stacks,
      );
    },
    found: "databricks_cluster_policy.added gives people machines",
  },
};
