import { z } from "zod";
import { ApiError } from "../http/api-error";
import type { Resource, ResourceStore } from "../resource-manager/resource-store";
import { type Kinds, withDefaults, withProperties } from "./kinds";

const ENDPOINTS = "Microsoft.Network/privateEndpoints";
const SUBNETS = "Microsoft.Network/virtualNetworks/subnets";

const connections = z
  .array(
    z.looseObject({
      name: z.string(),
      properties: z.looseObject({ privateLinkServiceId: z.string(), groupIds: z.array(z.string()).default([]) }),
    }),
  )
  .default([]);
const subnetOf = z.looseObject({ subnet: z.looseObject({ id: z.string() }) });

export const NETWORK: Kinds = {
  "microsoft.network/virtualnetworks": {
    // Subnets are resources of their own here; a network that is written with some keeps those that it has.
    complete: (network) => withProperties(network, { subnets: undefined }),
    shown: (network, store) => withProperties(network, { subnets: store.ofType(SUBNETS, network.id) }),
  },
  [SUBNETS.toLowerCase()]: {
    complete: (subnet) =>
      withDefaults(subnet, {
        privateEndpointNetworkPolicies: "Disabled",
        privateLinkServiceNetworkPolicies: "Enabled",
      }),
    refuseDelete: ({ id, name }, store) => {
      const user = store
        .ofType(ENDPOINTS)
        .find((one) => subnetOf.safeParse(one.properties).data?.subnet.id.toLowerCase() === id.toLowerCase());
      if (user !== undefined)
        throw new ApiError(
          400,
          "InUseSubnetCannotBeDeleted",
          `Subnet ${name} is in use by ${user.id} and cannot be deleted.`,
        );
    },
  },
  "microsoft.network/networksecuritygroups": {
    complete: (group) => withDefaults(group, { securityRules: [], defaultSecurityRules: [] }),
  },
  // Documentation addresses: RFC 5737.
  "microsoft.network/publicipaddresses": { complete: (address) => withDefaults(address, { ipAddress: "203.0.113.1" }) },
  "microsoft.network/privatednszones": {
    complete: (zone, { store, before }) => {
      if (before === undefined) store.put(startOfAuthority(zone));
      return withProperties(zone, {
        maxNumberOfRecordSets: 25_000,
        numberOfRecordSets: 1,
        maxNumberOfVirtualNetworkLinks: 1_000,
        maxNumberOfVirtualNetworkLinksWithRegistration: 100,
      });
    },
  },
  [ENDPOINTS.toLowerCase()]: {
    complete: (endpoint, { store }) => connected(endpoint, store),
    afterDelete: disconnected,
  },
};

function startOfAuthority({ id, name }: Resource): Resource {
  return {
    id: `${id}/SOA/@`,
    name: "@",
    type: "Microsoft.Network/privateDnsZones/SOA",
    properties: {
      ttl: 3_600,
      fqdn: `${name}.`,
      soaRecord: {
        ...{ email: "azureprivatedns-host.microsoft.com", host: "azureprivatedns.net" },
        ...{ expireTime: 2_419_200, minimumTtl: 10, refreshTime: 3_600, retryTime: 300, serialNumber: 1 },
      },
    },
  };
}

/** What is asked for is approved at once; the interface has an address that leads nowhere. */
function connected(endpoint: Resource, store: ResourceStore): Resource {
  const { id, properties, location } = endpoint;
  const approved = (key: string) =>
    connections.parse(properties[key] ?? []).map((connection) => ({
      ...connection,
      id: `${id}/${key}/${connection.name}`,
      properties: {
        ...connection.properties,
        provisioningState: "Succeeded",
        privateLinkServiceConnectionState: { status: "Approved", description: "", actionsRequired: "None" },
      },
    }));
  const privateLinkServiceConnections = approved("privateLinkServiceConnections");
  for (const { properties } of privateLinkServiceConnections)
    if (store.get(properties.privateLinkServiceId) === undefined)
      throw new ApiError(404, "ResourceNotFound", `The Resource '${properties.privateLinkServiceId}' was not found.`);
  const card: Resource = {
    id: interfaceOf(endpoint),
    name: interfaceOf(endpoint).split("/").at(-1)!,
    type: "Microsoft.Network/networkInterfaces",
    ...(location !== undefined && { location }),
    properties: {
      provisioningState: "Succeeded",
      ipConfigurations: [
        { name: "first", properties: { privateIPAddress: "192.0.2.1", privateIPAllocationMethod: "Dynamic" } },
      ],
    },
  };
  store.put(card);
  return withProperties(endpoint, {
    privateLinkServiceConnections,
    manualPrivateLinkServiceConnections: approved("manualPrivateLinkServiceConnections"),
    networkInterfaces: [{ id: card.id }],
    customDnsConfigs: [],
  });
}

function disconnected(endpoint: Resource, store: ResourceStore): void {
  const card = store.get(interfaceOf(endpoint));
  if (card !== undefined) store.delete(card);
}

const interfaceOf = ({ id }: Resource): string => `${id.replace(/\/privateEndpoints\//i, "/networkInterfaces/")}.nic`;
