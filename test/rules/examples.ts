// How to break each rule, starting from a private environment that breaks none.

type Resource = Record<string, unknown>;
interface Stack {
  terraform: { backend: { azurerm: Resource }; required_providers: Record<string, Resource> };
  provider: Record<string, Resource[]>;
  resource: Record<string, Record<string, Resource>>;
}
type Stacks = Record<"foundation" | "databricks" | "dataFactory" | "observability", Stack>;

interface Example {
  readonly spoil: (stacks: Stacks) => void;
  /** A part of what the rule says then. */
  readonly found: string;
}

const everyOf = (stacks: Stacks, type: string): Resource[] =>
  Object.values(stacks).flatMap(({ resource }) => Object.values(resource[type] ?? {}));

const change = (type: string, properties: Resource) => (stacks: Stacks) =>
  everyOf(stacks, type).forEach((resource) => Object.assign(resource, properties));

const without =
  (type: string, ...properties: readonly string[]) =>
  (stacks: Stacks) =>
    everyOf(stacks, type).forEach((resource) =>
      properties.forEach((property) => Reflect.deleteProperty(resource, property)),
    );

const remove = (type: string) => (stacks: Stacks) =>
  Object.values(stacks).forEach(({ resource }) => Reflect.deleteProperty(resource, type));

const add = (stack: keyof Stacks, type: string, properties: Resource) => (stacks: Stacks) => {
  stacks[stack].resource[type] = { ...stacks[stack].resource[type], added: properties };
};

const features = ({ provider }: Stack): Resource => (provider["azurerm"]![0]!["features"] as Resource[])[0]!;

const linkedService = (from: RegExp, to: string) => (stacks: Stacks) =>
  everyOf(stacks, "azurerm_data_factory_linked_custom_service").forEach((service) => {
    service["type_properties_json"] = String(service["type_properties_json"]).replace(from, to);
  });

const pipeline = "azurerm_data_factory_pipeline";
const onBlob = "azurerm_data_factory_trigger_blob_event";
const cluster = "databricks_cluster";
const workspace = "azurerm_databricks_workspace";
const account = "azurerm_storage_account";
const role = "azurerm_role_assignment";
const budget = "azurerm_consumption_budget_subscription";

export const examples: Readonly<Record<string, Example>> = {
  "activities-state-no-null": {
    spoil: change(pipeline, { activities_json: '[{"name":"a","policy":{"timeout":null}}]' }),
    found: "states null",
  },
  "activities-hold-no-terraform-reference": {
    spoil: change(pipeline, { activities_json: '[{"name":"${var.name}"}]' }),
    found: "Terraform reference",
  },
  "pipeline-parameters-are-texts": {
    spoil: change(pipeline, { parameters: { horizon: 24 } }),
    found: "no texts: horizon",
  },
  "pipelines-wait-for-their-linked-service": { spoil: without(pipeline, "depends_on"), found: "does not depend" },
  "pipelines-wait-for-those-that-they-start": {
    spoil: without(pipeline, "depends_on"),
    found: "each pipeline that it starts",
  },
  "requests-are-made-by-the-factorys-identity": {
    spoil: change(pipeline, { activities_json: '[{"type":"WebActivity","typeProperties":{"url":"https://x"}}]' }),
    found: "without the factory's user-assigned identity",
  },
  "tokens-go-to-whom-they-are-for": {
    spoil: change(pipeline, {
      activities_json: JSON.stringify([
        {
          type: "WebActivity",
          typeProperties: {
            url: "https://crew.example/items",
            authentication: {
              type: "UserAssignedManagedIdentity",
              resource: "https://management.azure.com/",
              credential: {},
            },
          },
        },
      ]),
    }),
    found: "sends a token for Azure to another address",
  },
  "triggers-wait-for-their-pipelines": { spoil: without(onBlob, "depends_on"), found: "each of its pipelines" },
  "triggers-are-made-stopped": { spoil: change(onBlob, { activated: true }), found: "is started by Terraform" },
  "events-have-a-catch-up": { spoil: remove("azurerm_data_factory_trigger_schedule"), found: "events only" },
  "events-of-folders-start-nothing": { spoil: without(onBlob, "ignore_empty_blobs"), found: "empty blobs" },
  "events-are-those-of-a-container-of-the-stacks": {
    spoil: change(onBlob, { blob_path_begins_with: "/raw/blobs/incoming/telemetry/" }),
    found: 'watches the container "raw"; there are: lake, landing, verification',
  },
  "places-in-the-lake-are-in-a-container-of-the-stacks": {
    spoil: change("azurerm_data_factory", {
      global_parameter: [{ name: "landing_root", value: "abfss://raw@plant.dfs.core.windows.net/incoming" }],
    }),
    found: "names another container in landing_root; there are: lake, landing, verification",
  },
  "factories-have-no-git-configuration": {
    spoil: change("azurerm_data_factory", { github_configuration: [{}] }),
    found: "git configuration",
  },
  "factories-have-an-identity-of-their-own-choosing": {
    spoil: change("azurerm_data_factory", { identity: { type: "SystemAssigned" } }),
    found: "no user-assigned identity",
  },
  "linked-services-open-databricks-by-identity": {
    spoil: linkedService(/"?authentication"? ?[:=] ?"MSI"/, '"accessToken": "t"'),
    found: "managed identity",
  },
  "linked-services-use-an-existing-cluster": {
    spoil: linkedService(/existingClusterId/, "newClusterVersion"),
    found: "existing cluster",
  },
  "linked-services-state-the-scheme": { spoil: linkedService(/https:\/\//, ""), found: "without https://" },
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
  "catalog-objects-are-isolated": { spoil: without("databricks_catalog", "isolation_mode"), found: "every workspace" },
  "names-of-the-metastore-begin-with-the-catalog": {
    spoil: change("databricks_storage_credential", { name: "lake" }),
    found: "is called lake",
  },
  "read-only-locations-are-not-tried": {
    spoil: without("databricks_external_location", "skip_validation"),
    found: "databricks_external_location.lake_landing is read-only",
  },
  "locations-make-no-file-events": {
    spoil: without("databricks_external_location", "enable_file_events"),
    found: "databricks_external_location.lake_lake does not state",
  },
  "locations-go-with-their-catalog": {
    spoil: without("databricks_external_location", "force_destroy"),
    found: "databricks_external_location.lake_lake stays",
  },
  "volumes-are-managed": { spoil: change("databricks_volume", { volume_type: "EXTERNAL" }), found: "path of its own" },
  "locations-do-not-overlap": {
    spoil: add("databricks", "databricks_external_location", {
      url: "abfss://lake@stpdmdevd01.dfs.core.windows.net/catalog",
      isolation_mode: "ISOLATION_MODE_ISOLATED",
    }),
    found: "databricks_external_location.added overlaps",
  },
  "models-can-be-made-and-loaded": {
    spoil: change("databricks_grant", { privileges: ["USE_SCHEMA"] }),
    found: "CREATE_MODEL",
  },
  "workspaces-are-injected-without-public-addresses": {
    spoil: change(workspace, { custom_parameters: { no_public_ip: false } }),
    found: "not injected",
  },
  "workspace-subnets-have-a-way-out": {
    spoil: remove("azurerm_subnet_nat_gateway_association"),
    found: "no NAT gateway",
  },
  "public-addresses-outlive-a-policy": { spoil: without("azurerm_public_ip", "lifecycle"), found: "ip_tags" },
  "workspace-subnets-have-a-security-group": {
    spoil: remove("azurerm_subnet_network_security_group_association"),
    found: "no network security group",
  },
  "endpoint-subnets-let-the-cluster-in": {
    spoil: (stacks) =>
      everyOf(stacks, "azurerm_network_security_group").forEach((group) => {
        const rules = (group["security_rule"] ?? []) as Resource[];
        group["security_rule"] = rules.filter(({ name }) => name !== "databricks-from-the-cluster");
      }),
    found: "shuts out the cluster on 3306, 6666, 8443",
  },
  "managed-groups-have-a-name-of-their-own": {
    spoil: change(workspace, { managed_resource_group_name: "rg-pdm-dev-d01" }),
    found: "rg-pdm-dev-d01",
  },
  "closed-workspaces-ask-for-no-databricks-rules": {
    spoil: change(workspace, { network_security_group_rules_required: "AllRules" }),
    found: "NoAzureDatabricksRules",
  },
  "workspaces-state-their-security-rules": {
    spoil: without(workspace, "network_security_group_rules_required"),
    found: "does not state",
  },
  "closed-storage-lets-azure-services-in": {
    spoil: change("azurerm_storage_account_network_rules", { bypass: ["None"] }),
    found: "AzureServices",
  },
  "closed-accounts-have-endpoints": { spoil: remove("azurerm_private_endpoint"), found: "no private endpoint" },
  "closed-root-storage-has-endpoints": {
    spoil: ({ foundation }) => delete foundation.resource["azurerm_private_endpoint"]!["root_dfs_endpoint"],
    found: "no endpoint for dfs",
  },
  "endpoints-of-one-resource-are-made-one-by-one": {
    spoil: without("azurerm_private_endpoint", "depends_on"),
    found: "browser_authentication_endpoint may be made together with",
  },
  "workspaces-are-entered-by-their-api-first": {
    spoil: ({ foundation: { resource } }) => {
      const { databricks_databricks_ui_api_endpoint: api, databricks_browser_authentication_endpoint: browsers } =
        resource["azurerm_private_endpoint"]!;
      delete browsers!["depends_on"];
      api!["depends_on"] = ["azurerm_private_endpoint.databricks_browser_authentication_endpoint"];
    },
    found: "browser_authentication_endpoint does not wait",
  },
  "endpoints-wait-for-the-workspace": {
    spoil: ({ foundation }) =>
      delete foundation.resource["azurerm_private_endpoint"]!["lake_blob_endpoint"]!["depends_on"],
    found: "lake_blob_endpoint does not wait",
  },
  "endpoints-have-a-zone": {
    spoil: without("azurerm_private_endpoint", "private_dns_zone_group"),
    found: "no private DNS zone",
  },
  "zones-are-linked": { spoil: remove("azurerm_private_dns_zone_virtual_network_link"), found: "no network" },
  "private-factories-enter-from-their-managed-network": {
    spoil: without("azurerm_data_factory_linked_custom_service", "integration_runtime"),
    found: "no integration runtime",
  },
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
    spoil: change(role, {
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
  "failures-are-told-at-the-first": {
    spoil: (stacks) =>
      everyOf(stacks, "azurerm_monitor_metric_alert").forEach((alert) =>
        Object.assign((alert["criteria"] as Resource[])[0]!, { threshold: 1 }),
      ),
    found: "later than at the first",
  },
  "missing-runs-are-asked-of-the-logs": {
    spoil: remove("azurerm_monitor_scheduled_query_rules_alert_v2"),
    found: "runs that never came",
  },
  "factory-logs-have-tables-of-their-own": {
    spoil: without("azurerm_monitor_diagnostic_setting", "log_analytics_destination_type"),
    found: "shared table",
  },
  "logs-leave-nothing-in-the-way": {
    spoil: ({ observability }) => delete features(observability)["log_analytics_workspace"],
    found: "log_analytics_workspace.permanently_delete_on_destroy",
  },
  "budgets-watch-the-managed-group-too": {
    spoil: change(budget, { filter: { dimension: [{ values: ["rg-pdm-dev-d01"] }] } }),
    found: "without a budget",
  },
  "budgets-keep-their-first-month": { spoil: without(budget, "lifecycle"), found: "time_period" },
  "roles-say-why": { spoil: change(role, { description: "needed" }), found: "no description" },
  "roles-are-not-owner": { spoil: change(role, { role_definition_name: "Owner" }), found: "gives Owner" },
  "identities-need-no-lookup": { spoil: without(role, "principal_type"), found: "look the identity up" },
  "nothing-sleeps": { spoil: add("foundation", "time_sleep", {}), found: "time_sleep.added" },
  "state-is-opened-by-identities": {
    spoil: ({ foundation }) => Object.assign(foundation.terraform.backend.azurerm, { access_key: "k" }),
    found: "with a key",
  },
  "no-secret-is-passed-on": {
    spoil: add("databricks", "databricks_notebook", {
      content_base64: "${azurerm_storage_account.a.primary_access_key}",
    }),
    found: "databricks_notebook.added",
  },
  "providers-are-pinned": {
    spoil: ({ foundation }) => Object.assign(foundation.terraform.required_providers["azurerm"]!, { version: "~> 4" }),
    found: "any version of azurerm",
  },
  "dependencies-stay-in-their-stack": {
    spoil: change(cluster, { depends_on: ["azurerm_databricks_workspace.databricks_workspace"] }),
    found: "not in its stack",
  },
  "no-path-of-a-machine": { spoil: change("databricks_notebook", { source: "/home/me/a.py" }), found: "this machine" },
};
