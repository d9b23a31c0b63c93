/** Built-in roles that the stacks of an environment assign, with Azure's ids of them. Source: Azure, "Azure built-in roles". */
export const ASSIGNABLE_ROLES = {
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  "Data Factory Contributor": "673868aa-7521-48a0-acc6-0f60742d39f5",
  "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  "Storage Blob Delegator": "db58b8e5-c6ad-4a2a-8342-4190687cbf4a",
} as const;

export type AssignableRole = keyof typeof ASSIGNABLE_ROLES;

const either = (attribute: "@Request" | "@Resource", action: "write" | "delete", ids: string) => {
  const assignments = "Microsoft.Authorization/roleAssignments";
  return `((!(ActionMatches{'${assignments}/${action}'})) OR (${attribute}[${assignments}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ids}}))`;
};

/**
 * Lets whoever may assign roles give and take these, and those of the given ids, and no others. Source: Azure, "Delegate Azure role assignment
 * management".
 */
export function onlyAssignable(...more: readonly string[]): string {
  const ids = [...Object.values(ASSIGNABLE_ROLES), ...more].join(", ");
  return `${either("@Request", "write", ids)} AND ${either("@Resource", "delete", ids)}`;
}
