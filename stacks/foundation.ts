import { DatabricksAccessConnector } from "@cdktf/provider-azurerm/lib/databricks-access-connector";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import type { Construct } from "constructs";
import { DataLake } from "../components/storage/data-lake";
import { LakeAccess } from "../components/access/lake-access";
import { namesOf } from "../environments/naming";
import { PrivateEndpoints } from "../components/network/private-endpoints";
import { ProducerAccess } from "../components/access/producer-access";
import { useAzure } from "../components/providers";
import { VerificationAccess } from "../components/access/verification-access";
import { Workspace } from "../components/workspace/workspace";
import { WorkspaceNetwork } from "../components/network/workspace-network";
import { closesRootStorage } from "../environments/settings/network";
import type { EnvironmentSettings } from "../environments/settings/settings";
import { EnvironmentStack } from "./environment-stack";

/** What the others stand on: network, lake, identities and the Databricks workspace. */
export class Foundation extends EnvironmentStack {
  readonly resourceGroupId: string;
  readonly lake: DataLake;
  readonly accessConnectorId: string;
  readonly factoryIdentity: UserAssignedIdentity;
  readonly workspace: Workspace;
  /** Only where access is private. */
  readonly endpoints?: PrivateEndpoints;

  constructor(scope: Construct, settings: EnvironmentSettings) {
    super(scope, "foundation", settings);
    const names = namesOf(settings);
    useAzure(this, { keep: settings.protect });

    const { location } = settings;
    const resourceGroup = new ResourceGroup(this, "resource-group", { name: names.resourceGroup, location });
    this.resourceGroupId = resourceGroup.id;
    const placement = { resourceGroupName: resourceGroup.name, location };

    const connector = new DatabricksAccessConnector(this, "access-connector", {
      ...placement,
      name: names.accessConnector,
      identity: { type: "SystemAssigned" },
    });
    this.accessConnectorId = connector.id;
    const { access, network, storage, workspace } = settings;
    this.lake = new DataLake(this, "data-lake", {
      ...placement,
      names,
      storage,
      network,
      accessConnectorId: connector.id,
    });
    new LakeAccess(this, "lake-access", { connector, lake: this.lake });
    new ProducerAccess(this, "producers", { producers: access.producers, lake: this.lake });
    new VerificationAccess(this, "verification-access", { names, settings, lake: this.lake });
    this.factoryIdentity = new UserAssignedIdentity(this, "factory-identity", {
      ...placement,
      name: names.factoryIdentity,
    });
    const injectedInto = new WorkspaceNetwork(this, "network", { ...placement, names, network });
    this.workspace = new Workspace(this, "databricks", {
      ...placement,
      names,
      network,
      injectedInto,
      sku: workspace.sku,
      accessConnectorId: connector.id,
    });
    if (network.access === "private") {
      const { virtualNetworkId, endpointSubnetId: subnetId } = injectedInto;
      this.endpoints = new PrivateEndpoints(this, "endpoints", { ...placement, names, virtualNetworkId, subnetId });
      this.enterPrivately(this.endpoints, network);
    }
  }

  private enterPrivately(endpoints: PrivateEndpoints, network: EnvironmentSettings["network"]): void {
    const { made } = this.workspace;
    // Azure works on the network while it makes a workspace, and refuses endpoints in it meanwhile.
    endpoints.add(this, { owner: "lake", to: this.lake.accountId, subresources: ["blob", "dfs"], after: [made] });
    endpoints.add(this, {
      owner: "databricks",
      to: this.workspace.resourceId,
      subresources: [
        "databricks_ui_api",
        ...(network.browserAuthentication ? (["browser_authentication"] as const) : []),
      ],
    });
    if (closesRootStorage(network))
      endpoints.add(this, { owner: "root", to: this.workspace.rootStorageId, subresources: ["blob", "dfs"] });
  }
}
