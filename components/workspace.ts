import { DatabricksWorkspace } from "@cdktf/provider-azurerm/lib/databricks-workspace";
import { Construct } from "constructs";
import type { EnvironmentSettings } from "../environments/settings";
import type { Names } from "./naming";
import type { Placement } from "./placement";
import type { WorkspaceNetwork } from "./workspace-network";

export interface WorkspaceProps extends Placement {
  readonly names: Names;
  readonly sku: EnvironmentSettings["workspace"]["sku"];
  readonly network: WorkspaceNetwork;
}

/** A Databricks workspace, always injected into a network of ours: that cannot be added without replacing the workspace. */
export class Workspace extends Construct {
  readonly resourceId: string;
  /** Host name without a scheme, as `adb-123.4.azuredatabricks.net`. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: WorkspaceProps) {
    super(scope, id);
    const { names, network } = props;
    const workspace = new DatabricksWorkspace(this, "workspace", {
      resourceGroupName: props.resourceGroupName,
      location: props.location,
      name: names.workspace,
      sku: props.sku,
      managedResourceGroupName: names.managedResourceGroup,
      customParameters: {
        noPublicIp: true,
        virtualNetworkId: network.virtualNetworkId,
        publicSubnetName: network.publicSubnet.name,
        publicSubnetNetworkSecurityGroupAssociationId: network.publicSubnet.networkSecurityGroupAssociationId,
        privateSubnetName: network.privateSubnet.name,
        privateSubnetNetworkSecurityGroupAssociationId: network.privateSubnet.networkSecurityGroupAssociationId,
      },
      dependsOn: [...network.outbound],
    });
    this.resourceId = workspace.id;
    this.url = workspace.workspaceUrl;
  }
}
