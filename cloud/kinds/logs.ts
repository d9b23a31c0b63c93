import { idOf } from "../entra/identity";
import { type Kinds, withDefaults } from "./kinds";

export const LOGS: Kinds = {
  "microsoft.operationalinsights/workspaces": {
    // Of no use: nothing here takes a key.
    actions: {
      sharedkeys: ({ id }) => ({ primarySharedKey: idOf(`${id} first`), secondarySharedKey: idOf(`${id} second`) }),
    },
    complete: (workspace) =>
      withDefaults(workspace, {
        customerId: idOf(workspace.id),
        workspaceCapping: { dailyQuotaGb: -1 },
        features: { enableLogAccessUsingOnlyResourcePermissions: true },
      }),
  },
};
