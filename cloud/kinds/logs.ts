import { idOf } from "../entra/identity";
import { type Kinds, withDefaults } from "./kinds";

export const LOGS: Kinds = {
  "microsoft.operationalinsights/workspaces": {
    complete: (workspace) =>
      withDefaults(workspace, {
        customerId: idOf(workspace.id),
        workspaceCapping: { dailyQuotaGb: -1 },
        features: { enableLogAccessUsingOnlyResourcePermissions: true },
      }),
  },
};
