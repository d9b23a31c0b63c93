import { block, destroyedForGood, ofEach, resources, type Rule } from "./rule";

export const workspacesAndClusters: readonly Rule[] = [
  {
    name: "workspaces-are-premium",
    otherwise: "the standard tier is retired, and Unity Catalog and policies need premium",
    check: ofEach("azurerm_databricks_workspace", ({ sku }) =>
      sku === "premium" ? undefined : `has the tier ${String(sku)}`,
    ),
  },
  {
    name: "the-provider-stands-apart-from-its-workspace",
    otherwise: "the provider cannot be configured in the plan that creates the workspace",
    thread: "databricks/terraform-provider-databricks#1495",
    check: (stacks) =>
      Object.entries(stacks)
        .filter(([, { provider, resource }]) => provider?.["databricks"] && resource?.["azurerm_databricks_workspace"])
        .map(([stack]) => `${stack} makes a workspace and configures its provider`),
  },
  {
    name: "the-provider-has-the-workspace-resource-id",
    otherwise: "the first call of a deployer that is not a workspace user yet fails",
    check: (stacks) =>
      Object.entries(stacks).flatMap(([stack, { provider }]) =>
        (provider?.["databricks"] ?? [])
          .filter(({ azure_workspace_resource_id }) => !azure_workspace_resource_id)
          .map(() => `${stack} configures databricks without azure_workspace_resource_id`),
      ),
  },
  {
    name: "clusters-are-pinned",
    otherwise: "Databricks deletes a cluster that has not run for 30 days",
    thread: "databricks/terraform-provider-databricks#1177",
    check: ofEach("databricks_cluster", ({ is_pinned }) => (is_pinned === true ? undefined : "is not pinned")),
  },
  {
    name: "clusters-need-not-start-to-be-made",
    otherwise:
      "if quota or machines are short at that moment, the provider deletes the new cluster and the deployment fails",
    thread: "databricks/terraform-provider-databricks#3990",
    check: ofEach("databricks_cluster", ({ no_wait }) => (no_wait === true ? undefined : "is waited for")),
  },
  {
    name: "workspaces-leave-nothing-in-the-way",
    otherwise:
      "Azure keeps the managed resource group with the workspace's storage, and refuses the next workspace with that name",
    thread: "hashicorp/terraform-provider-azurerm#28959",
    check: destroyedForGood("azurerm_databricks_workspace", "databricks_workspace", "force_delete"),
  },
  {
    name: "clusters-scale-or-are-fixed-never-both",
    otherwise: "a resize drops the autoscaling bounds",
    thread: "databricks/terraform-provider-databricks#6017",
    check: ofEach("databricks_cluster", (cluster) =>
      "autoscale" in cluster && "num_workers" in cluster ? "states num_workers beside autoscale" : undefined,
    ),
  },
  {
    name: "clusters-stop-when-idle",
    otherwise: "an idle cluster costs money all month",
    check: ofEach("databricks_cluster", ({ autotermination_minutes }) =>
      Number(autotermination_minutes) >= 10 ? undefined : "never stops itself",
    ),
  },
  {
    name: "clusters-belong-to-one-identity",
    otherwise: "Unity Catalog is unavailable, or, with `kind`, the ML runtime is",
    check: ofEach("databricks_cluster", ({ data_security_mode, single_user_name, kind }) =>
      data_security_mode === "SINGLE_USER" && single_user_name !== undefined && kind === undefined
        ? undefined
        : "is not SINGLE_USER with a single_user_name and without kind",
    ),
  },
  {
    name: "clusters-have-a-policy",
    otherwise: "nothing limits the size of clusters",
    check: ofEach("databricks_cluster", ({ policy_id }) => (policy_id ? undefined : "has no policy")),
  },
  {
    name: "mlflow-has-a-volume-and-an-experiment",
    otherwise: "models cannot be logged to Unity Catalog, and a notebook that a factory starts has no experiment",
    check: ofEach("databricks_cluster", ({ spark_env_vars }) => {
      const { MLFLOW_DFS_TMP, MLFLOW_EXPERIMENT_NAME } = block(spark_env_vars);
      return String(MLFLOW_DFS_TMP).startsWith("/Volumes/") && MLFLOW_EXPERIMENT_NAME
        ? undefined
        : "has no MLFLOW_DFS_TMP in a volume, or no MLFLOW_EXPERIMENT_NAME";
    }),
  },
  {
    name: "clusters-repeat-no-tag-of-their-pool",
    otherwise: "Databricks refuses the cluster",
    thread: "databricks/terraform-provider-databricks#2242",
    check: (stacks) => {
      const pools = resources(stacks, "databricks_instance_pool");
      return ofEach("databricks_cluster", ({ instance_pool_id, custom_tags }) => {
        const pool = pools.find(({ address }) => instance_pool_id === `\${${address.split(" ")[1]}.id}`);
        const repeated = Object.keys(custom_tags ?? {}).filter((tag) => tag in block(pool?.properties["custom_tags"]));
        return repeated.length > 0 ? `repeats tags of its pool: ${repeated.join(", ")}` : undefined;
      })(stacks);
    },
  },
  {
    name: "pools-are-for-the-pipelines-alone",
    otherwise: "people may not attach to the pool, or their clusters take the pipelines' machines",
    check: (stacks) => {
      const shared = resources(stacks, "databricks_permissions").map(
        ({ properties }) => properties["cluster_policy_id"],
      );
      return resources(stacks, "databricks_cluster_policy")
        .filter(({ address }) => shared.includes(`\${${address.split(" ")[1]}.id}`))
        .filter(({ properties }) =>
          /"(driver_)?instance_pool_id":\{"type":"fixed"/.test(String(properties["definition"])),
        )
        .map(({ address }) => `${address} gives people machines of the pipelines' pool`);
    },
  },
];
