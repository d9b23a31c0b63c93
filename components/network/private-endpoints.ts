import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Names } from "../../environments/naming";
import type { Placement } from "../placement";

/** The zone in which each kind of private endpoint is found. Source: Azure Private Link, "Private endpoint DNS configuration". */
const ZONES = {
  blob: "privatelink.blob.core.windows.net",
  dfs: "privatelink.dfs.core.windows.net",
  databricks_ui_api: "privatelink.azuredatabricks.net",
  browser_authentication: "privatelink.azuredatabricks.net",
  dataFactory: "privatelink.datafactory.azure.net",
  portal: "privatelink.adf.azure.com",
} as const;

/** What of a resource is entered, in Azure's word: a subresource. */
export type Subresource = keyof typeof ZONES;

export interface PrivateEndpointsProps extends Placement {
  readonly names: Names;
  readonly virtualNetworkId: string;
  readonly subnetId: string;
}

export interface EndpointProps {
  /** Ends the endpoint's name and says whose it is, such as `lake`. */
  readonly owner: string;
  /** Id of the resource that is entered. */
  readonly to: string;
  /** In the order in which they are made. */
  readonly subresources: readonly Subresource[];
  /** What must stand before. Default: nothing but the resource. */
  readonly after?: readonly ITerraformDependable[];
}

/** The private ways into the resources of an environment, and the DNS zones that lead there instead of to the internet. */
export class PrivateEndpoints extends Construct {
  private readonly zoneIds: ReadonlyMap<string, string>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrivateEndpointsProps,
  ) {
    super(scope, id);
    this.zoneIds = new Map([...new Set(Object.values(ZONES))].map((zone) => [zone, this.addZone(zone)]));
  }

  /**
   * Opens a private way into each subresource; the endpoints belong to the stack of `scope`. One after the other: a workspace takes one
   * connection at a time, and the provider does not record the endpoint that was refused.
   */
  add(scope: Construct, { owner, to, subresources, after = [] }: EndpointProps): void {
    const { names, location, subnetId } = this.props;
    let before = after;
    for (const subresource of subresources) {
      const name = `${names.privateEndpoints}-${owner}-${subresource.replaceAll("_", "-").toLowerCase()}`;
      const endpoint = new PrivateEndpoint(scope, `${owner}-${subresource}-endpoint`, {
        resourceGroupName: names.resourceGroup,
        location,
        name,
        customNetworkInterfaceName: `${name}-nic`,
        subnetId,
        privateServiceConnection: {
          name: subresource,
          privateConnectionResourceId: to,
          subresourceNames: [subresource],
          isManualConnection: false,
        },
        privateDnsZoneGroup: { name: "zone", privateDnsZoneIds: [this.zoneIds.get(ZONES[subresource])!] },
        dependsOn: [...before],
      });
      before = [endpoint];
    }
  }

  private addZone(name: string): string {
    const { resourceGroupName, virtualNetworkId } = this.props;
    const zone = new PrivateDnsZone(this, name, { resourceGroupName, name });
    new PrivateDnsZoneVirtualNetworkLink(this, `${name}-link`, {
      resourceGroupName,
      name: "network",
      privateDnsZoneName: zone.name,
      virtualNetworkId,
    });
    return zone.id;
  }
}
