import { createHash } from "node:crypto";
import { z } from "zod";
import { GROUPS } from "../resource-manager/resource-id";
import type { Resource, ResourceStore } from "../resource-manager/resource-store";
import { type Kinds, withDefaults } from "./kinds";
import { completeAccount } from "./storage";

const ACCOUNTS = "Microsoft.Storage/storageAccounts";

const stated = z.record(z.string(), z.looseObject({ type: z.string().optional(), value: z.unknown() }));

export const DATABRICKS: Kinds = {
  "microsoft.databricks/workspaces": {
    complete: (workspace, { store }) => {
      const { id, properties } = workspace;
      const number = numberOf(id);
      const parameters = { ...parametersOf(number), ...stated.parse(properties["parameters"] ?? {}) };
      manage(workspace, String(parameters["storageAccountName"]!.value), store);
      return withDefaults(
        { ...workspace, properties: { ...properties, parameters } },
        {
          workspaceId: number,
          workspaceUrl: hostOf(number),
          createdDateTime: new Date(0).toISOString(),
          authorizations: [],
        },
      );
    },
    afterDelete: ({ properties }, store) => {
      const group = store.get(String(properties["managedResourceGroupId"]));
      if (group !== undefined) store.delete(group);
    },
  },
};

function parametersOf(number: string): z.infer<typeof stated> {
  return {
    storageAccountName: { type: "String", value: `dbstorage${number.slice(0, 12)}` },
    storageAccountSkuName: { type: "String", value: "Standard_GRS" },
    enableNoPublicIp: { type: "Bool", value: true },
    prepareEncryption: { type: "Bool", value: false },
    requireInfrastructureEncryption: { type: "Bool", value: false },
  };
}

/** What Azure makes for a workspace: a group with the account of its root storage. */
function manage({ id, properties, location }: Resource, account: string, store: ResourceStore): void {
  const group = String(properties["managedResourceGroupId"]);
  if (store.get(group) !== undefined) return;
  const common = { ...(location !== undefined && { location }), managedBy: id };
  const made = { provisioningState: "Succeeded" };
  store.put({ ...common, id: group, name: group.split("/").at(-1)!, type: GROUPS, properties: made });
  const accountId = `${group}/providers/${ACCOUNTS}/${account}`;
  store.put(completeAccount({ ...common, id: accountId, name: account, type: ACCOUNTS, properties: made }));
}

/** Sixteen digits, always the same for a workspace; JSON keeps no larger number as it is. */
function numberOf(id: string): string {
  const digest = createHash("sha256").update(id.toLowerCase()).digest().readBigUInt64BE();
  return String((digest % 8_000_000_000_000_000n) + 1_000_000_000_000_000n);
}

/** As Databricks forms it: the last part is the number modulo 20. */
function hostOf(number: string): string {
  return `adb-${number}.${BigInt(number) % 20n}.azuredatabricks.net`;
}

/** The hosts that workspaces may have. */
export const WORKSPACE_HOSTS: readonly string[] = Array.from(
  { length: 20 },
  (_, index) => `*.${index}.azuredatabricks.net`,
);
