import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import type { Construct } from "constructs";
import { DataLake } from "../components/data-lake";
import { lockDeletion } from "../components/deletion-lock";
import { LakeAccess } from "../components/lake-access";
import { namesOf } from "../components/naming";
import { useAzure } from "../components/providers";
import { Workspace } from "../components/workspace";
import { WorkspaceNetwork } from "../components/workspace-network";
import type { EnvironmentSettings } from "../environments/settings";
import { EnvironmentStack } from "./environment-stack";

/**
 * Resource providers of everything that an environment deploys; blob events need Event Grid. In Azure's own letters: the provider
 * passes over a name that is spelled otherwise.
 */
const RESOURCE_PROVIDERS = [
  "Microsoft.Consumption",
  "Microsoft.Databricks",
  "Microsoft.DataFactory",
  "Microsoft.EventGrid",
  "Microsoft.ManagedIdentity",
  "Microsoft.Network",
  "Microsoft.OperationalInsights",
  "Microsoft.Storage",
  "microsoft.insights",
];

/** What the others stand on: network, lake, identities and the Databricks workspace. */
export class Foundation extends EnvironmentStack {
  readonly lake: DataLake;
  readonly lakeAccess: LakeAccess;
  readonly factoryIdentity: UserAssignedIdentity;
  readonly workspace: Workspace;

  constructor(scope: Construct, settings: EnvironmentSettings) {
    super(scope, "foundation", settings);
    const names = namesOf(settings);
    useAzure(this, { register: RESOURCE_PROVIDERS, keepFilledResourceGroups: settings.protect });

    const { location } = settings;
    const resourceGroup = new ResourceGroup(this, "resource-group", { name: names.resourceGroup, location });
    const placement = { resourceGroupName: resourceGroup.name, location };

    this.lake = new DataLake(this, "data-lake", { ...placement, names, storage: settings.storage });
    this.lakeAccess = new LakeAccess(this, "lake-access", { ...placement, names, lake: this.lake });
    this.factoryIdentity = new UserAssignedIdentity(this, "factory-identity", {
      ...placement,
      name: names.factoryIdentity,
    });
    const network = new WorkspaceNetwork(this, "network", { ...placement, names, network: settings.network });
    this.workspace = new Workspace(this, "databricks", { ...placement, names, network, sku: settings.workspace.sku });
    if (settings.protect) this.lock();
  }

  /** On the containers, not the account: there it would also keep the event subscription that a trigger gives up when it stops. */
  private lock(): void {
    lockDeletion(this, "landing-lock", {
      on: this.lake.landingContainerId,
      reason: "Raw files, which nothing else can bring back.",
    });
    lockDeletion(this, "lake-lock", {
      on: this.lake.lakeContainerId,
      reason: "Tables and models of the catalog.",
    });
    lockDeletion(this, "databricks-lock", {
      on: this.workspace.resourceId,
      reason: "Runs, experiments and permissions; a new workspace starts without them.",
    });
  }
}
