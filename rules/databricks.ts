import { block, destroyedForGood, ofEach, resources, texts, type Properties, type Rule } from "./rule";

const types =
  (pattern: RegExp, how: string): Rule["check"] =>
  (stacks) =>
    resources(stacks)
      .filter(({ type }) => pattern.test(type))
      .map(({ address }) => `${address} ${how}`);

const withinEachOther = (one: string, other: string) =>
  `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);

export const databricks: readonly Rule[] = [
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
  {
    name: "plans-ask-the-workspace-for-nothing",
    otherwise:
      "Terraform reads data sources even with `-refresh=false`, and the planner has no access to the workspace",
    thread: "hashicorp/terraform#28252",
    check: (stacks) =>
      Object.entries(stacks).flatMap(([stack, { data }]) =>
        Object.keys(data ?? {})
          .filter((type) => type.startsWith("databricks_"))
          .map((type) => `${stack} reads data.${type}`),
      ),
  },
  {
    name: "groups-come-from-the-account",
    otherwise: "a workspace-local group cannot hold Unity Catalog grants",
    check: types(/^databricks_group(_member)?$/, "makes a group of the workspace"),
  },
  {
    name: "entitlements-have-one-place",
    otherwise: "two resources overwrite each other in every apply",
    check: types(/^databricks_entitlements$/, "states entitlements a second time"),
  },
  {
    name: "identities-may-have-entered-before",
    otherwise:
      "a workspace Contributor becomes a user at its first call, and a recreated stack then fails because it exists",
    thread: "databricks/terraform-provider-databricks#1293",
    check: ofEach("databricks_service_principal", ({ force }) =>
      force === true ? undefined : "is refused where it is there already",
    ),
  },
  {
    name: "permissions-have-one-place",
    otherwise: "two resources remove each other's grants",
    check: (stacks) => {
      const seen = new Set<string>();
      return resources(stacks, "databricks_permissions").flatMap(({ address, properties }) => {
        const object = Object.entries(properties).find(([key]) => /_id$|_path$/.test(key));
        const key = JSON.stringify(object);
        const again = seen.has(key);
        seen.add(key);
        return again ? [`${address} is the second for ${String(object?.[1])}`] : [];
      });
    },
  },
  {
    name: "no-mount-and-no-secret",
    otherwise: "keys spread, and access bypasses Unity Catalog",
    check: types(/^databricks_(mount|secret|secret_scope|token|obo_token)$/, "is a mount, a secret or a token"),
  },
  {
    name: "catalog-objects-are-isolated",
    otherwise: "every workspace of the metastore can see them",
    check: (stacks) =>
      ["databricks_catalog", "databricks_storage_credential", "databricks_external_location"].flatMap((type) =>
        ofEach(type, ({ isolation_mode }) =>
          /ISOLATED$/.test(String(isolation_mode)) ? undefined : "is open to every workspace",
        )(stacks),
      ),
  },
  {
    name: "names-of-the-metastore-begin-with-the-catalog",
    otherwise: "environments share one metastore, so names of credentials and locations collide",
    check: (stacks) => {
      const catalogs = resources(stacks, "databricks_catalog").map(({ properties }) => String(properties["name"]));
      return ["databricks_storage_credential", "databricks_external_location"].flatMap((type) =>
        ofEach(type, ({ name }) =>
          catalogs.some((catalog) => String(name).startsWith(`${catalog}_`))
            ? undefined
            : `is called ${String(name)}, which begins with no catalog's name`,
        )(stacks),
      );
    },
  },
  {
    name: "read-only-locations-are-not-tried",
    otherwise: "Databricks tests by reading a file, and refuses a location that is still empty",
    thread: "databricks/cli#1063",
    check: ofEach("databricks_external_location", ({ read_only, skip_validation }) =>
      read_only === true && skip_validation !== true ? "is read-only and does not skip validation" : undefined,
    ),
  },
  {
    name: "locations-make-no-file-events",
    otherwise: "Databricks creates unrequested queues and subscriptions in the account",
    check: ofEach("databricks_external_location", ({ enable_file_events }) =>
      enable_file_events === false ? undefined : "does not state that it has no file events",
    ),
  },
  {
    name: "locations-go-with-their-catalog",
    otherwise:
      "Unity Catalog keeps a dropped table for a week, and meanwhile refuses to delete its location and credential",
    thread: "databricks/terraform-provider-databricks#2352",
    check: (stacks) =>
      resources(stacks, "databricks_catalog")
        .filter(({ properties }) => properties["force_destroy"] === true)
        .flatMap(({ stack }) => resources({ [stack]: stacks[stack]! }))
        .filter(({ type }) => ["databricks_external_location", "databricks_storage_credential"].includes(type))
        .filter(({ properties }) => properties["force_destroy"] !== true)
        .map(({ address }) => `${address} stays when its catalog is destroyed`),
  },
  {
    name: "volumes-are-managed",
    otherwise: "the path of an external volume can overlap the catalog's root, which Unity Catalog refuses",
    check: ofEach("databricks_volume", ({ volume_type }) =>
      volume_type === "MANAGED" ? undefined : "has a path of its own",
    ),
  },
  {
    name: "locations-do-not-overlap",
    otherwise: "Unity Catalog refuses a location, a managed root or a volume inside another's",
    check: (stacks) => {
      const urls = resources(stacks, "databricks_external_location").map(({ address, properties }) => ({
        address,
        url: String(properties["url"]).replace(/\/$/, ""),
      }));
      return urls.flatMap((one, index) =>
        urls
          .slice(0, index)
          .filter((other) => withinEachOther(one.url, other.url))
          .map((other) => `${one.address} overlaps ${other.address}`),
      );
    },
  },
  {
    name: "models-can-be-made-and-loaded",
    otherwise: "training fails at its last step, when it registers the model",
    check: (stacks) => {
      const schemas = resources(stacks, "databricks_schema");
      const granted = resources(stacks, "databricks_grant").map(({ properties }) => texts(properties["privileges"]));
      const enough = granted.some((list) => list.includes("CREATE_MODEL") && list.includes("EXECUTE"));
      return enough
        ? []
        : schemas.map(({ address }) => `${address} is granted to nobody with CREATE_MODEL and EXECUTE`);
    },
  },
];

export const workspaceParameters = (workspace: Properties): Properties => block(workspace["custom_parameters"]);
