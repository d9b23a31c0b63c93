import { idOf } from "../entra/identity";
import type { ResourceId } from "../resource-manager/resource-id";
import type { Resource, ResourceStore } from "../resource-manager/resource-store";
import { type Kinds, withDefaults } from "./kinds";

const SERVICES = ["blob", "dfs", "queue", "table", "file", "web"] as const;

export const STORAGE: Kinds = {
  "microsoft.storage/storageaccounts": {
    // Of no use: nothing here takes a key.
    actions: { listkeys: ({ id }) => ({ keys: ["key1", "key2"].map((keyName) => key(id, keyName)) }) },
    complete: completeAccount,
  },
  "microsoft.storage/storageaccounts/blobservices": { builtIn: service },
  "microsoft.storage/storageaccounts/fileservices": { builtIn: service },
  "microsoft.storage/storageaccounts/queueservices": { builtIn: service },
};

/** An account with its endpoints, and what an account is that nobody says otherwise of. */
export function completeAccount(account: Resource): Resource {
  const { name, location } = account;
  return withDefaults(
    { kind: "StorageV2", ...account, sku: { tier: "Standard", name: "Standard_LRS", ...objectIn(account["sku"]) } },
    {
      primaryEndpoints: Object.fromEntries(
        SERVICES.map((service) => [service, `https://${name}.${service}.core.windows.net/`]),
      ),
      primaryLocation: location,
      statusOfPrimary: "available",
      creationTime: new Date(0).toISOString(),
      accessTier: "Hot",
      networkAcls: { bypass: "AzureServices", defaultAction: "Allow", ipRules: [], virtualNetworkRules: [] },
    },
  );
}

/** An account has its services from the beginning. */
function service({ id, name, type, parent }: ResourceId, store: ResourceStore): Resource | undefined {
  if (name.toLowerCase() !== "default" || store.get(parent) === undefined) return undefined;
  return {
    id,
    name,
    type,
    properties: {
      cors: { corsRules: [] },
      deleteRetentionPolicy: { enabled: false },
      shareDeleteRetentionPolicy: { enabled: true, days: 7 },
    },
  };
}

function key(id: string, keyName: string): object {
  return { keyName, permissions: "FULL", value: Buffer.from(idOf(`${id} ${keyName}`)).toString("base64") };
}

function objectIn(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
