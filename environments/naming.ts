import type { EnvironmentSettings } from "./settings/settings";

/** Characters that Azure allows; all other names have room for the longest project, name and suffix. Source: "Naming rules and restrictions". */
const STORAGE_ACCOUNT = 24;
const ACTION_GROUP_SHORT = 12;

/** Every name that an environment gives to something, known at synth: whoever needs one takes the text, never a reference. */
export type Names = ReturnType<typeof namesOf>;

/**
 * The names of one environment. Every one that must be unique in the subscription, in Azure or in a Unity Catalog metastore has the
 * project, the environment's name and its suffix in it; where Azure allows too few characters, project and name give way.
 */
export function namesOf({ project, name, suffix }: Pick<EnvironmentSettings, "project" | "name" | "suffix">) {
  const base = `${project}-${name}-${suffix}`;
  const storageAccount = `${`st${project}${name}`.slice(0, STORAGE_ACCOUNT - suffix.length)}${suffix}`;
  const catalog = `${project}_${name}_${suffix}`;
  const schema = "predictive_maintenance";
  const volume = "mlflow";
  const landingContainer = "landing";
  const lakeContainer = "lake";
  const verificationContainer = "verification";
  const url = (container: string) => `abfss://${container}@${storageAccount}.dfs.core.windows.net`;
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
    landingContainer,
    lakeContainer,
    /** Only verifications write to it. */
    verificationContainer,
    deployerIdentity: `id-${base}-deployer`,
    plannerIdentity: `id-${base}-planner`,
    factoryIdentity: `id-${base}-factory`,
    /** Names of custom roles are unique in the Entra tenant: that of the bootstrap is another one, so that neither is in the other's way. */
    runReaderRole: `${base} factory run reader`,
    bootstrapRunReaderRole: `${base} factory run reader of the deployer`,
    accessConnector: `dbac-${base}`,
    workspace: `dbw-${base}`,
    /** Azure makes this group itself, for the cluster machines; it must not exist before. */
    managedResourceGroup: `rg-${base}-dbw`,
    cluster: `${base}-pipelines`,
    scientistsPolicy: `${base}-data-scientists`,
    storageCredential: `${catalog}_lake`,
    landingLocation: `${catalog}_landing`,
    lakeLocation: `${catalog}_lake`,
    verificationLocation: `${catalog}_verification`,
    catalog,
    schema,
    verificationSchema: "verification",
    volume,
    volumePath: `/Volumes/${catalog}/${schema}/${volume}`,
    model: `${catalog}.${schema}.predictive_maintenance`,
    verificationModel: `${catalog}.verification.predictive_maintenance`,
    workspaceFolder,
    experiment: `${workspaceFolder}/experiment`,
    dataFactory: `adf-${base}`,
    linkedService: "databricks",
    /** In the network that Azure manages for the factory. */
    integrationRuntime: "managed",
    managedEndpoint: "databricks",
    credential: "factory_identity",
    logAnalytics: `log-${base}`,
    actionGroup: `ag-${base}`,
    /** Begins the alerts' mails. */
    actionGroupShort: `${project.slice(0, ACTION_GROUP_SHORT - name.length - 1)}-${name}`,
    /** Begins the name of every alert rule. */
    alertRules: `alert-${base}`,
    landingUrl: url(landingContainer),
    lakeUrl: url(lakeContainer),
    verificationUrl: url(verificationContainer),
  } as const;
}
