import { createHash } from "node:crypto";
import { type Kinds, withDefaults } from "./kinds";

const GROUPS = "Microsoft.Resources/resourceGroups";

export const DATABRICKS: Kinds = {
  "microsoft.databricks/workspaces": {
    complete: (workspace, { store }) => {
      const { id, properties, location } = workspace;
      const number = numberOf(id);
      const group = String(properties["managedResourceGroupId"]);
      if (store.get(group) === undefined)
        store.put({
          id: group,
          name: group.split("/").at(-1)!,
          type: GROUPS,
          ...(location !== undefined && { location }),
          managedBy: id,
          properties: { provisioningState: "Succeeded" },
        });
      const parameter = (type: string, value: unknown) => ({ type, value });
      return withDefaults(
        {
          ...workspace,
          properties: {
            ...properties,
            parameters: {
              storageAccountName: parameter("String", `dbstorage${number.slice(0, 12)}`),
              storageAccountSkuName: parameter("String", "Standard_GRS"),
              enableNoPublicIp: parameter("Bool", true),
              prepareEncryption: parameter("Bool", false),
              requireInfrastructureEncryption: parameter("Bool", false),
              ...(properties["parameters"] as object | undefined),
            },
          },
        },
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
