import { z } from "zod";
import type { WorkspaceStore } from "./workspace-store";

/** A value of a list in SCIM; the provider sends one without a value where there is none. */
const values = z
  .array(z.looseObject({ value: z.string().optional() }))
  .transform((given) => given.filter(({ value }) => value !== undefined && value !== ""));

export const servicePrincipal = z.looseObject({
  id: z.string(),
  applicationId: z.string(),
  displayName: z.string(),
  active: z.boolean(),
  externalId: z.string().optional(),
  entitlements: values.optional(),
  roles: values.optional(),
  groups: values.optional(),
});

export const group = z.looseObject({
  id: z.string(),
  displayName: z.string(),
  meta: z.object({
    /** `Group` is one of the account, `WorkspaceGroup` one of this workspace alone. */
    resourceType: z.enum(["Group", "WorkspaceGroup"]),
  }),
});

export type ServicePrincipal = Readonly<z.infer<typeof servicePrincipal>>;
export type Group = Readonly<z.infer<typeof group>>;

export function servicePrincipalOf(store: WorkspaceStore, applicationId: string): ServicePrincipal | undefined {
  return store.servicePrincipals.all().find((one) => one.applicationId === applicationId.toLowerCase());
}

export function groupOf(store: WorkspaceStore, displayName: string): Group | undefined {
  return store.groups.all().find((one) => one.displayName.toLowerCase() === displayName.toLowerCase());
}

/**
 * Whether Unity Catalog knows whom a grant is for: a group of a workspace alone holds none. Sources: databricks/terraform-provider-databricks#4680,
 * #5413, and #2237, which says that a service principal goes by its application id.
 */
export function canHoldGrants(store: WorkspaceStore, principal: string): boolean {
  if (principal === "account users" || servicePrincipalOf(store, principal) !== undefined) return true;
  return groupOf(store, principal)?.meta.resourceType === "Group";
}
