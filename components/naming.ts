import type { EnvironmentSettings } from "../environments/settings";

/** Every name that an environment gives to something, known at synth: whoever needs one takes the text, never a reference. */
export type Names = ReturnType<typeof namesOf>;

/**
 * The names of one environment. What must be unique across Azure or across a Unity Catalog metastore (storage account,
 * factory, catalog, credential, locations) ends with the environment's suffix.
 */
export function namesOf({ project, name, suffix }: Pick<EnvironmentSettings, "project" | "name" | "suffix">) {
  const base = `${project}-${name}`;
  const storageAccount = `st${project}${name}${suffix}`;
  const catalog = `${project}_${name}_${suffix}`;
  const schema = "predictive_maintenance";
  const volume = "mlflow";
  const workspaceFolder = `/predictive-maintenance/${name}`;
  return {
    resourceGroup: `rg-${base}`,
    virtualNetwork: `vnet-${base}`,
    publicSubnet: `snet-${base}-public`,
    privateSubnet: `snet-${base}-private`,
    endpointSubnet: `snet-${base}-endpoints`,
    networkSecurityGroup: `nsg-${base}`,
    endpointSecurityGroup: `nsg-${base}-endpoints`,
    /** Begins the name of every private endpoint. */
    privateEndpoints: `pep-${base}`,
    natGateway: `ng-${base}`,
    natPublicIp: `pip-${base}-nat`,
    storageAccount,
    landingContainer: "landing",
    lakeContainer: "lake",
    factoryIdentity: `id-${base}-factory`,
    accessConnector: `dbac-${base}`,
    workspace: `dbw-${base}`,
    /** Azure makes this group itself, for the cluster machines; it must not exist before. */
    managedResourceGroup: `rg-${base}-dbw`,
    cluster: `${base}-pipelines`,
    storageCredential: `${catalog}_lake`,
    landingLocation: `${catalog}_landing`,
    lakeLocation: `${catalog}_lake`,
    catalog,
    schema,
    volume,
    volumePath: `/Volumes/${catalog}/${schema}/${volume}`,
    model: `${catalog}.${schema}.predictive_maintenance`,
    workspaceFolder,
    experiment: `${workspaceFolder}/experiment`,
    dataFactory: `adf-${base}-${suffix}`,
    linkedService: "databricks",
    /** In the network that Azure manages for the factory. */
    integrationRuntime: "managed",
    managedEndpoint: "databricks",
    credential: "factory_identity",
    logAnalytics: `log-${base}`,
    actionGroup: `ag-${base}`,
    /** Begins the alerts' mails; at most 12 characters. */
    actionGroupShort: base,
    /** Begins the name of every alert rule. */
    alertRules: `alert-${base}`,
    landingUrl: `abfss://landing@${storageAccount}.dfs.core.windows.net`,
    lakeUrl: `abfss://lake@${storageAccount}.dfs.core.windows.net`,
  } as const;
}
