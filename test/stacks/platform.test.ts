import { App } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { all, load } from "../../environments/load";
import { platform } from "../../stacks/platform";
import { synthesizeWhole, type StackJson } from "./synthesized";

const platforms = all().map((settings) => ({ settings, stacks: synthesizeWhole(settings) }));
const stacks = platforms.flatMap(({ settings, stacks: { foundation, databricks, dataFactory, observability } }) => [
  { name: `${settings.name}-foundation`, settings, stack: foundation },
  { name: `${settings.name}-databricks`, settings, stack: databricks },
  { name: `${settings.name}-data-factory`, settings, stack: dataFactory },
  { name: `${settings.name}-observability`, settings, stack: observability },
]);

/** What protection and private access add, and the package's modules, which are many and come and go. */
const LEFT_OUT =
  /^(azurerm_management_lock|azurerm_private_\w+|azurerm_storage_account_network_rules|azurerm_data_factory_managed_private_endpoint|databricks_workspace_file)\./;

/** Addresses of all resources but those left out. */
function addresses({ resource }: StackJson): readonly string[] {
  return Object.entries(resource)
    .flatMap(([type, instances]) => Object.keys(instances).map((name) => `${type}.${name}`))
    .filter((address) => !LEFT_OUT.test(address));
}

test("the platform is made of these resources, in every environment", () => {
  const [dev, ...others] = platforms.map(({ stacks }) => ({
    bootstrap: addresses(stacks.bootstrap),
    foundation: addresses(stacks.foundation),
    databricks: addresses(stacks.databricks),
    "data-factory": addresses(stacks.dataFactory),
    observability: addresses(stacks.observability),
  }));
  expect(dev).toMatchSnapshot();
  for (const other of others) expect(other).toEqual(dev);
});

describe.each(stacks)("$name", ({ name, settings, stack }) => {
  test("keeps its own state in the environment's account, opened with Entra identities and without keys", () => {
    const backend = {
      resource_group_name: settings.state.resourceGroupName,
      storage_account_name: settings.state.storageAccountName,
      container_name: settings.state.containerName,
      use_azuread_auth: true,
    };
    expect(stack.terraform.backend).toEqual({ azurerm: { ...backend, key: `${name}.tfstate` } });
    for (const remote of Object.values(stack.data?.terraform_remote_state ?? {}))
      expect(remote).toMatchObject({ backend: "azurerm", config: backend });
  });

  test("names its providers in full, with exact versions", () => {
    const [provider] = Object.keys(stack.provider);
    expect(stack.terraform.required_providers).toEqual(
      provider === "azurerm"
        ? { azurerm: { source: "hashicorp/azurerm", version: "4.55.0" } }
        : { databricks: { source: "databricks/databricks", version: "1.99.0" } },
    );
  });

  test("depends on resources of its own only: Terraform knows no other stack's", () => {
    const known = new Set(
      Object.entries(stack.resource).flatMap(([type, instances]) =>
        Object.keys(instances).map((id) => `${type}.${id}`),
      ),
    );
    const dependencies = Object.values(stack.resource)
      .flatMap((instances) => Object.values(instances))
      .flatMap(({ depends_on = [] }) => depends_on as string[]);
    for (const dependency of dependencies) expect(known).toContain(dependency);
  });

  test("holds no credential", () => {
    expect(JSON.stringify(stack)).not.toMatch(/account_?key|access_?key"|client_?secret|password|sas_?token|"token"/i);
  });

  test("puts the environment's tags on every Azure resource that can have some", () => {
    const taggable = Object.entries(stack.resource).filter(([type]) => TAGGABLE.has(type));
    for (const { tags } of taggable.flatMap(([, instances]) => Object.values(instances)))
      expect(tags).toEqual({
        ...settings.tags,
        project: settings.project,
        environment: settings.name,
        "managed-by": "terraform",
      });
  });

  test("protects what holds data where the environment says so", () => {
    for (const [type, instances] of Object.entries(stack.resource))
      for (const { lifecycle } of Object.values(instances))
        expect((lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy ?? false).toBe(
          settings.protect && STATEFUL.has(type),
        );
  });
});

test("no two environments share a name", () => {
  const names = stacks
    .filter(({ name }) => !name.endsWith("data-factory"))
    .map(({ settings, stack }) => ({
      environment: settings.name,
      names: Object.values(stack.resource)
        .flatMap((instances) => Object.values(instances))
        .flatMap(({ name }) => (typeof name === "string" && !name.includes("${") ? [name] : [])),
    }));
  const owners = new Map<string, Set<string>>();
  for (const { environment, names: given } of names)
    for (const name of given) owners.set(name, (owners.get(name) ?? new Set()).add(environment));
  const shared = [...owners].filter(([, environments]) => environments.size > 1).map(([name]) => name);
  // These live inside a resource that is named after the environment.
  expect(shared.sort()).toEqual([
    "lake",
    "landing",
    "log-analytics",
    "mlflow",
    "predictive_maintenance",
    "verification",
  ]);
});

test("without the folder of notebooks there is no platform", () => {
  const outdir = mkdtempSync(join(tmpdir(), "platform-"));
  const missing = join(outdir, "notebooks");
  expect(() => platform(new App({ outdir }), load("dev"), missing)).toThrow(`the folder ${missing} does not exist`);
  rmSync(outdir, { recursive: true });
});

const TAGGABLE = new Set([
  "azurerm_resource_group",
  "azurerm_virtual_network",
  "azurerm_network_security_group",
  "azurerm_nat_gateway",
  "azurerm_public_ip",
  "azurerm_storage_account",
  "azurerm_user_assigned_identity",
  "azurerm_databricks_access_connector",
  "azurerm_databricks_workspace",
  "azurerm_data_factory",
  "azurerm_log_analytics_workspace",
  "azurerm_monitor_action_group",
  "azurerm_monitor_metric_alert",
  "azurerm_monitor_scheduled_query_rules_alert_v2",
]);

const STATEFUL = new Set([
  "azurerm_storage_account",
  "azurerm_storage_container",
  "azurerm_databricks_workspace",
  "azurerm_databricks_access_connector",
  "azurerm_data_factory",
  "azurerm_user_assigned_identity",
  "azurerm_virtual_network",
  "azurerm_log_analytics_workspace",
  "databricks_catalog",
  "databricks_schema",
  "databricks_volume",
  "databricks_mlflow_experiment",
]);
