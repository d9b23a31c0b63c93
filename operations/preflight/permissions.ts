import { z } from "zod";
import { ok, problem, unknown, type Check, type Surroundings } from "./check";

const patterns = z.array(z.string()).nullish();

const permission = z.object({
  actions: patterns,
  notActions: patterns,
  dataActions: patterns,
  notDataActions: patterns,
});

const AUTHORIZATION = "2022-04-01";

const NEEDED = [
  "Microsoft.Resources/subscriptions/resourceGroups/write",
  "Microsoft.Storage/storageAccounts/write",
  "Microsoft.Network/virtualNetworks/write",
  "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
  "Microsoft.Databricks/workspaces/write",
  "Microsoft.DataFactory/factories/write",
  "Microsoft.EventGrid/eventSubscriptions/write",
  "Microsoft.OperationalInsights/workspaces/write",
  "Microsoft.Insights/metricAlerts/write",
  "Microsoft.Consumption/budgets/write",
  "Microsoft.Authorization/roleAssignments/write",
];
const LOCKS = "Microsoft.Authorization/locks/write";
const ROLES = "Microsoft.Authorization/roleDefinitions/write";
const STATES = ["read", "write"].map(
  (action) => `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/${action}`,
);

/** Whether a pattern of Azure's, in which `*` stands for anything, has an action. */
const matches = (pattern: string, action: string): boolean =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.\\/]/g, "\\$&"))
      .join(".*")}$`,
    "i",
  ).test(action);

const among = (some: z.infer<typeof patterns>, action: string): boolean =>
  (some ?? []).some((pattern) => matches(pattern, action));

const permissionsOn = (azure: Surroundings["azure"], scope: string) =>
  azure.list(`${scope}/providers/Microsoft.Authorization/permissions`, AUTHORIZATION, permission);

export const permissions: Check = {
  name: "permissions",
  run: async ({ azure, settings }) => {
    const granted = (await permissionsOn(azure, `/subscriptions/${azure.subscriptionId}`)) ?? [];
    const needed = [...NEEDED, ...(settings.protect ? [LOCKS] : []), ...(settings.federation ? [] : [ROLES])];
    const missing = needed.filter(
      (action) => !granted.some(({ actions, notActions }) => among(actions, action) && !among(notActions, action)),
    );
    if (missing.length === 0) return ok(`all ${needed.length} actions on the subscription`);
    return problem(
      `missing on the subscription: ${missing.join(", ")}; the roles that have them are in docs/permissions.md`,
    );
  },
};

export const states: Check = {
  name: "state account",
  run: async ({ azure, settings }) => {
    const { resourceGroupName, storageAccountName, containerName } = settings.state;
    const account = `/subscriptions/${azure.subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.Storage/storageAccounts/${storageAccountName}`;
    const container = `${account}/blobServices/default/containers/${containerName}`;
    if (!(await azure.has(container, "2024-01-01")))
      return problem(
        `${storageAccountName}/${containerName} is not there: npm run bootstrap -- --environment ${settings.name}`,
      );
    const granted = await permissionsOn(azure, container);
    if (!granted) return unknown(`${storageAccountName}/${containerName} does not show who may write to it`);
    const missing = STATES.filter(
      (action) =>
        !granted.some(
          ({ dataActions, notDataActions }) => among(dataActions, action) && !among(notDataActions, action),
        ),
    );
    if (missing.length === 0) return ok(`${storageAccountName}/${containerName} can be read and written`);
    return problem(`Storage Blob Data Contributor is missing on ${storageAccountName}/${containerName}`);
  },
};
