import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import type { Construct } from "constructs";

export interface RoleProps {
  /** Name of an Azure role. One that is made in the same deployment is named by its resource id: its name may not be known yet. */
  readonly role: string | { readonly id: string };
  /** Id of the resource that the role is confined to. */
  readonly on: string;
  /** Object id of the managed identity, the group or the person that gets it. */
  readonly principalId: string;
  /** Default: ServicePrincipal, which a managed identity is. */
  readonly principalType?: "ServicePrincipal" | "Group" | "User";
  /** Which requests the role allows, in Azure's language of conditions. Default: all. */
  readonly condition?: string;
  /** Why it needs the role, in one line; Azure shows it beside the assignment. */
  readonly reason: string;
}

/** Gives a managed identity, a group or a person an Azure role. */
export function assignRole(scope: Construct, id: string, props: RoleProps): void {
  const { principalType = "ServicePrincipal" } = props;
  new RoleAssignment(scope, id, {
    scope: props.on,
    ...(typeof props.role === "string" ? { roleDefinitionName: props.role } : { roleDefinitionId: props.role.id }),
    principalId: props.principalId,
    // An identity made a moment ago may not be readable in Entra yet: neither Azure nor the provider is to look it up.
    principalType,
    ...(principalType === "ServicePrincipal" && { skipServicePrincipalAadCheck: true }),
    ...(props.condition && { condition: props.condition, conditionVersion: "2.0" }),
    description: props.reason,
  });
}
