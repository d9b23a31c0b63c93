import { z } from "zod";
import { idOf, ok, problem, unknown, type Check } from "./check";

const availability = z.object({ nameAvailable: z.boolean(), message: z.string().nullish() });

export const storageName: Check = {
  name: "storage name",
  run: async (surroundings) => {
    const { azure, names } = surroundings;
    const name = names.storageAccount;
    if (await azure.has(idOf(surroundings, `Microsoft.Storage/storageAccounts/${name}`), "2024-01-01"))
      return ok(`${name} is the environment's own`);
    const { nameAvailable, message } = await azure.post(
      `/subscriptions/${azure.subscriptionId}/providers/Microsoft.Storage/checkNameAvailability`,
      "2024-01-01",
      availability,
      { name, type: "Microsoft.Storage/storageAccounts" },
    );
    return nameAvailable ? ok(`${name} is free`) : problem(`${name}: ${message ?? "taken"}; choose another suffix`);
  },
};

export const factoryName: Check = {
  name: "factory name",
  run: async (surroundings) => {
    const name = surroundings.names.dataFactory;
    if (await surroundings.azure.has(idOf(surroundings, `Microsoft.DataFactory/factories/${name}`), "2018-06-01"))
      return ok(`${name} is the environment's own`);
    return unknown(
      `${name} must be unique in Azure, which cannot be checked before it is created; if it is taken, choose another suffix`,
    );
  },
};

const resourceGroup = z.object({ managedBy: z.string().nullish() });

export const managedGroup: Check = {
  name: "managed group",
  run: async (surroundings) => {
    const { azure, names } = surroundings;
    const group = await azure.get(
      `/subscriptions/${azure.subscriptionId}/resourceGroups/${names.managedResourceGroup}`,
      "2021-04-01",
      resourceGroup,
    );
    const workspace = idOf(surroundings, `Microsoft.Databricks/workspaces/${names.workspace}`);
    if (!group) return ok(`Azure can make ${names.managedResourceGroup}`);
    if (group.managedBy?.toLowerCase() === workspace.toLowerCase())
      return ok(`${names.managedResourceGroup} belongs to the environment's workspace`);
    return problem(
      `${names.managedResourceGroup} exists and is not the workspace's: delete it, or choose another suffix`,
    );
  },
};
