import { DatabricksWorkspace } from "@cdktf/provider-azurerm/lib/databricks-workspace";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { closesRootStorage, isClosed } from "../../environments/settings/network";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import type { Names } from "../../environments/naming";
import type { Placement } from "../placement";
import type { WorkspaceNetwork } from "../network/workspace-network";

export interface WorkspaceProps extends Placement {
  readonly names: Names;
  readonly sku: EnvironmentSettings["workspace"]["sku"];
  readonly network: EnvironmentSettings["network"];
  readonly injectedInto: WorkspaceNetwork;
  /** Azure resource id of the access connector that Databricks enters its own storage account through. */
  readonly accessConnectorId: string;
}

/** A Databricks workspace, always injected into a network of ours: that cannot be added without replacing the workspace. */
export class Workspace extends Construct {
  readonly resourceId: string;
  /** Host name without a scheme, as `adb-123.4.azuredatabricks.net`. */
  readonly url: string;
  /** Azure resource id of the storage account that Databricks makes for the workspace. */
  readonly rootStorageId: string;
  /** For what must wait until Azure has made the workspace. */
  readonly made: ITerraformDependable;

  constructor(scope: Construct, id: string, props: WorkspaceProps) {
    super(scope, id);
    const { names, network, injectedInto } = props;
    const workspace = new DatabricksWorkspace(this, "workspace", {
      resourceGroupName: props.resourceGroupName,
      location: props.location,
      name: names.workspace,
      sku: props.sku,
      managedResourceGroupName: names.managedResourceGroup,
      // Can only be chosen when the workspace is made.
      infrastructureEncryptionEnabled: true,
      publicNetworkAccessEnabled: !isClosed(network),
      // Stated where access is public too: the provider sends an empty text when it is taken away, which Azure refuses.
      networkSecurityGroupRulesRequired: network.access === "private" ? "NoAzureDatabricksRules" : "AllRules",
      defaultStorageFirewallEnabled: closesRootStorage(network),
      accessConnectorId: props.accessConnectorId,
      customParameters: {
        noPublicIp: true,
        virtualNetworkId: injectedInto.virtualNetworkId,
        publicSubnetName: injectedInto.publicSubnet.name,
        publicSubnetNetworkSecurityGroupAssociationId: injectedInto.publicSubnet.networkSecurityGroupAssociationId,
        privateSubnetName: injectedInto.privateSubnet.name,
        privateSubnetNetworkSecurityGroupAssociationId: injectedInto.privateSubnet.networkSecurityGroupAssociationId,
      },
      dependsOn: [...injectedInto.ready],
    });
    this.made = workspace;
    this.resourceId = workspace.id;
    this.url = workspace.workspaceUrl;
    this.rootStorageId = `${workspace.managedResourceGroupId}/providers/Microsoft.Storage/storageAccounts/${workspace.customParameters.storageAccountName}`;
  }
}
