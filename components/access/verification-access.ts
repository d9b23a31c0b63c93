import { DataAzurermUserAssignedIdentity } from "@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity";
import { Construct } from "constructs";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import type { DataLake } from "../storage/data-lake";
import type { Names } from "../../environments/naming";
import { assignRole } from "./role";

export interface VerificationAccessProps {
  readonly names: Names;
  readonly settings: Pick<EnvironmentSettings, "federation" | "state" | "access">;
  readonly lake: DataLake;
}

/** Who may drop the known plant of a verification: whoever deploys by pipeline, and operators. Nowhere else in the lake may they write. */
export class VerificationAccess extends Construct {
  constructor(scope: Construct, id: string, { names, settings, lake }: VerificationAccessProps) {
    super(scope, id);
    const common = { role: "Storage Blob Data Contributor", on: lake.verificationContainerId } as const;
    const { federation, state, access } = settings;
    if (federation !== undefined)
      assignRole(this, "deployer", {
        ...common,
        // Looked up by its name: whoever plans, the plan is the same.
        principalId: new DataAzurermUserAssignedIdentity(this, "deployer-identity", {
          name: names.deployerIdentity,
          resourceGroupName: state.resourceGroupName,
        }).principalId,
        reason: "Drops the known plant after a deployment, and takes it away.",
      });
    if (access.operatorsObjectId !== undefined)
      assignRole(this, "operators", {
        ...common,
        principalId: access.operatorsObjectId,
        principalType: "Group",
        reason: "Operators verify an environment by hand.",
      });
  }
}
