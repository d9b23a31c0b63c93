import { NatGateway } from "@cdktf/provider-azurerm/lib/nat-gateway";
import { NatGatewayPublicIpAssociation } from "@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association";
import { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { SubnetNatGatewayAssociation } from "@cdktf/provider-azurerm/lib/subnet-nat-gateway-association";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import type { Names } from "../../environments/naming";
import type { Placement } from "../placement";

export interface WorkspaceNetworkProps extends Placement {
  readonly names: Names;
  readonly network: EnvironmentSettings["network"];
}

/** A subnet that is delegated to Databricks and guarded by a network security group. */
export interface DelegatedSubnet {
  readonly name: string;
  readonly networkSecurityGroupAssociationId: string;
}

const DELEGATION = {
  name: "databricks",
  serviceDelegation: {
    name: "Microsoft.Databricks/workspaces",
    actions: ["join", "prepareNetworkPolicies", "unprepareNetworkPolicies"].map(
      (action) => `Microsoft.Network/virtualNetworks/subnets/${action}/action`,
    ),
  },
};

/** What a cluster asks of its workspace. Source: Azure Databricks, "Azure Private Link concepts". */
const CONTROL_PLANE_PORTS = ["443", "3306", "6666", "8443-8451"] as const;

/**
 * The virtual network that a workspace is injected into. Its machines have no public addresses and new networks no
 * outbound access of their own, so a NAT gateway lets them out.
 */
export class WorkspaceNetwork extends Construct {
  readonly virtualNetworkId: string;
  readonly publicSubnet: DelegatedSubnet;
  readonly privateSubnet: DelegatedSubnet;
  readonly endpointSubnetId: string;
  /** What must stand before a workspace is made: its machines' way out, and whatever else Azure would refuse while it works on the network. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: WorkspaceNetworkProps) {
    super(scope, id);
    const { names, network, resourceGroupName, location } = props;
    const placement = { resourceGroupName, location };

    const virtualNetwork = new VirtualNetwork(this, "virtual-network", {
      ...placement,
      name: names.virtualNetwork,
      addressSpace: [network.addressSpace],
    });
    // Databricks writes its own rules into the group: none are stated here, or every plan would remove them.
    const securityGroup = new NetworkSecurityGroup(this, "security-group", {
      ...placement,
      name: names.networkSecurityGroup,
    });
    const natGateway = new NatGateway(this, "nat-gateway", {
      ...placement,
      name: names.natGateway,
      skuName: "Standard",
    });
    const publicIp = new PublicIp(this, "nat-public-ip", {
      ...placement,
      name: names.natPublicIp,
      sku: "Standard",
      allocationMethod: "Static",
      // A policy of the subscription may put some on, which would have it replaced, and with it the address that others let in.
      lifecycle: { ignoreChanges: ["ip_tags"] },
    });
    const ready: ITerraformDependable[] = [
      new NatGatewayPublicIpAssociation(this, "nat-gateway-public-ip", {
        natGatewayId: natGateway.id,
        publicIpAddressId: publicIp.id,
      }),
    ];

    const delegatedSubnet = (kind: "public" | "private", name: string, addressPrefix: string): DelegatedSubnet => {
      const subnet = new Subnet(this, `${kind}-subnet`, {
        name,
        resourceGroupName,
        virtualNetworkName: virtualNetwork.name,
        addressPrefixes: [addressPrefix],
        defaultOutboundAccessEnabled: false,
        delegation: [DELEGATION],
      });
      const guarded = new SubnetNetworkSecurityGroupAssociation(this, `${kind}-subnet-security-group`, {
        subnetId: subnet.id,
        networkSecurityGroupId: securityGroup.id,
      });
      ready.push(
        new SubnetNatGatewayAssociation(this, `${kind}-subnet-nat-gateway`, {
          subnetId: subnet.id,
          natGatewayId: natGateway.id,
        }),
      );
      return { name: subnet.name, networkSecurityGroupAssociationId: guarded.id };
    };

    this.virtualNetworkId = virtualNetwork.id;
    this.publicSubnet = delegatedSubnet("public", names.publicSubnet, network.publicSubnet);
    this.privateSubnet = delegatedSubnet("private", names.privateSubnet, network.privateSubnet);
    const endpoints = this.endpointSubnet(props, virtualNetwork.name);
    this.endpointSubnetId = endpoints.subnetId;
    this.ready = [...ready, endpoints];
  }

  /**
   * No machine stands in it; whoever is in the network, or in one that is joined to it, reaches its endpoints by TLS, and the cluster's
   * machines reach the workspace's by its other ports too.
   */
  private endpointSubnet(props: WorkspaceNetworkProps, virtualNetworkName: string) {
    const { names, network, resourceGroupName, location } = props;
    const rule = { direction: "Inbound", sourcePortRange: "*", destinationAddressPrefix: "*" };
    const allowed = { ...rule, access: "Allow", protocol: "Tcp" };
    const securityGroup = new NetworkSecurityGroup(this, "endpoint-security-group", {
      resourceGroupName,
      location,
      name: names.endpointSecurityGroup,
      securityRule: [
        {
          ...allowed,
          name: "tls-from-the-network",
          priority: 100,
          sourceAddressPrefix: "VirtualNetwork",
          destinationPortRange: "443",
        },
        {
          ...allowed,
          name: "databricks-from-the-cluster",
          priority: 110,
          sourceAddressPrefixes: [network.publicSubnet, network.privateSubnet],
          destinationPortRanges: [...CONTROL_PLANE_PORTS],
        },
        {
          ...rule,
          name: "nothing-else",
          priority: 4096,
          access: "Deny",
          protocol: "*",
          sourceAddressPrefix: "*",
          destinationPortRange: "*",
        },
      ],
    });
    const subnet = new Subnet(this, "endpoint-subnet", {
      name: names.endpointSubnet,
      resourceGroupName,
      virtualNetworkName,
      addressPrefixes: [network.endpointSubnet],
      defaultOutboundAccessEnabled: false,
      // Without this the security group does not hold for endpoints.
      privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled",
    });
    return new SubnetNetworkSecurityGroupAssociation(this, "endpoint-subnet-security-group", {
      subnetId: subnet.id,
      networkSecurityGroupId: securityGroup.id,
    });
  }
}
