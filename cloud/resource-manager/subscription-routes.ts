import { SIGNED_IN } from "../entra/identity";
import type { ApiRequest, Route } from "../http/route";

/** Where Azure may be asked to put something. */
const LOCATIONS = [
  ...[
    "australiaeast",
    "brazilsouth",
    "canadacentral",
    "centralindia",
    "centralus",
    "eastus",
    "eastus2",
    "francecentral",
  ],
  ...["germanywestcentral", "italynorth", "japaneast", "koreacentral", "northeurope", "norwayeast", "polandcentral"],
  ...["southcentralus", "southeastasia", "spaincentral", "swedencentral", "switzerlandnorth", "uksouth", "ukwest"],
  ...["westeurope", "westus2", "westus3"],
];

/** What a client finds registered that asks for all; one that asks for another finds it registered too. */
const NAMESPACES = [
  ...["Microsoft.Authorization", "Microsoft.Consumption", "Microsoft.DataFactory", "Microsoft.Databricks"],
  ...["Microsoft.EventGrid", "Microsoft.Insights", "Microsoft.ManagedIdentity", "Microsoft.Network"],
  ...["Microsoft.OperationalInsights", "Microsoft.Resources", "Microsoft.Storage"],
];

const MANAGEMENT = "https://management.azure.com";

/** What Resource Manager says of itself and of a subscription: any is there, with all resource providers registered. */
export function subscriptionRoutes(): readonly Route[] {
  return [
    { method: "GET", path: "/metadata/endpoints", handle: metadata },
    { method: "GET", path: "/subscriptions", handle: () => ({ value: [subscription(SIGNED_IN.subscriptionId)] }) },
    { method: "GET", path: "/tenants", handle: () => ({ value: [tenant(SIGNED_IN.tenantId)] }) },
    {
      method: "GET",
      path: "/subscriptions/{subscription}",
      handle: ({ names }) => subscription(names["subscription"]!),
    },
    {
      method: "GET",
      path: "/subscriptions/{subscription}/locations",
      handle: ({ names }) => ({
        value: LOCATIONS.map((name) => ({
          id: `/subscriptions/${names["subscription"]}/locations/${name}`,
          name,
          displayName: name,
        })),
      }),
    },
    {
      method: "GET",
      path: "/subscriptions/{subscription}/providers",
      handle: ({ names }) => ({ value: NAMESPACES.map((namespace) => provider(names["subscription"]!, namespace)) }),
    },
    { method: "GET", path: "/subscriptions/{subscription}/providers/{namespace}", handle: registered },
    { method: "POST", path: "/subscriptions/{subscription}/providers/{namespace}/register", handle: registered },
  ];
}

function subscription(subscriptionId: string): object {
  const { tenantId } = SIGNED_IN;
  return { id: `/subscriptions/${subscriptionId}`, subscriptionId, displayName: "laptop", state: "Enabled", tenantId };
}

function tenant(tenantId: string): object {
  return { id: `/tenants/${tenantId}`, tenantId, displayName: "laptop", tenantCategory: "Home" };
}

function registered({ names }: ApiRequest): object {
  return provider(names["subscription"]!, names["namespace"]!);
}

function provider(subscription: string, namespace: string): object {
  return {
    id: `/subscriptions/${subscription}/providers/${namespace}`,
    namespace,
    registrationState: "Registered",
    resourceTypes: [],
  };
}

function metadata(): object {
  return {
    name: "AzureCloud",
    resourceManager: `${MANAGEMENT}/`,
    authentication: {
      loginEndpoint: "https://login.microsoftonline.com/",
      audiences: ["https://management.core.windows.net/", `${MANAGEMENT}/`],
      tenant: "common",
      identityProvider: "AAD",
    },
    cloudEndpoint: { public: { endpoint: "management.azure.com", locations: LOCATIONS } },
    microsoftGraphResourceId: "https://graph.microsoft.com/",
    suffixes: { storage: "core.windows.net", keyVaultDns: "vault.azure.net" },
  };
}
