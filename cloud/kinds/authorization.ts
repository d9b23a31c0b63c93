import { z } from "zod";
import { SIGNED_IN } from "../entra/identity";
import { ApiError } from "../http/api-error";
import type { Resource, ResourceStore } from "../resource-manager/resource-store";
import { type Kinds, withDefaults, type Writing } from "./kinds";

/** Azure's own roles that can be assigned here, with their ids. Source: Microsoft, "Azure built-in roles". */
const BUILT_IN: Readonly<Record<string, string>> = {
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
  "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
  "acdd72a7-3385-48ef-bd42-f606fba81ae7": "Reader",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
  "28bf596f-4eb7-45ce-b5bc-6cf482fec137": "Locks Contributor",
  "673868aa-7521-48a0-acc6-0f60742d39f5": "Data Factory Contributor",
  "ba92f5b4-2d11-453d-a403-e96b0029c9fe": "Storage Blob Data Contributor",
  "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": "Storage Blob Data Owner",
  "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1": "Storage Blob Data Reader",
  "db58b8e5-c6ad-4a2a-8342-4190687cbf4a": "Storage Blob Delegator",
};
const DEFINITIONS = "Microsoft.Authorization/roleDefinitions";
const ASSIGNMENTS = "Microsoft.Authorization/roleAssignments";

const assignment = z.looseObject({
  roleDefinitionId: z.string(),
  principalId: z.string(),
  principalType: z.string().optional(),
});
const identity = z.looseObject({ principalId: z.string() });

export const AUTHORIZATION: Kinds = {
  [DEFINITIONS.toLowerCase()]: {
    complete: (role) => withDefaults(role, { type: "CustomRole" }),
    builtIn: ({ name, parent }) => builtInRole(parent, name),
    given: (scope, query) =>
      Object.keys(BUILT_IN)
        .map((id) => builtInRole(scope, id)!)
        .filter((role) => isAsked(role, query)),
    isListed: isAsked,
  },
  [ASSIGNMENTS.toLowerCase()]: {
    complete: (stated, writing) => {
      requireSound(stated, writing);
      return withDefaults(stated, { scope: writing.parent, principalType: "ServicePrincipal" });
    },
  },
};

function builtInRole(scope: string, id: string): Resource | undefined {
  const roleName = BUILT_IN[id.toLowerCase()];
  if (roleName === undefined) return undefined;
  const subscription = /^\/subscriptions\/[^/]+/.exec(scope)?.[0] ?? "";
  return {
    id: `${subscription}/providers/${DEFINITIONS}/${id}`,
    name: id,
    type: DEFINITIONS,
    properties: { roleName, type: "BuiltInRole", description: roleName, assignableScopes: ["/"], permissions: [] },
  };
}

/** `roleName eq 'Reader'`; without such a filter all are. */
function isAsked({ properties }: Resource, query: URLSearchParams): boolean {
  const name = /roleName eq '([^']*)'/i.exec(query.get("$filter") ?? "")?.[1];
  return name === undefined || properties["roleName"] === name;
}

function requireSound(stated: Resource, { store, parent, before }: Writing): void {
  const wanted = assignment.parse(stated.properties);
  const role = wanted.roleDefinitionId.split("/").at(-1)!;
  if (BUILT_IN[role.toLowerCase()] === undefined && !store.ofType(DEFINITIONS).some(({ name }) => name === role))
    throw new ApiError(
      400,
      "RoleDefinitionDoesNotExist",
      `The specified role definition with ID '${role}' does not exist.`,
    );
  if (!["Group", "User"].includes(wanted.principalType ?? "") && !principals(store).has(wanted.principalId))
    throw new ApiError(
      400,
      "PrincipalNotFound",
      `Principal ${wanted.principalId.replaceAll("-", "")} does not exist in the directory ${SIGNED_IN.tenantId}.`,
    );
  const twin = store.ofType(ASSIGNMENTS, parent).find(({ id, properties }) => {
    const { roleDefinitionId, principalId } = assignment.parse(properties);
    const isSameScope = id.slice(0, id.lastIndexOf("/providers/")).toLowerCase() === parent.toLowerCase();
    return isSameScope && principalId === wanted.principalId && roleDefinitionId.endsWith(role);
  });
  if (before === undefined && twin !== undefined)
    throw new ApiError(409, "RoleAssignmentExists", "The role assignment already exists.");
}

/** The identities that there are, and whoever is signed in. People and groups nobody here knows. */
function principals(store: ResourceStore): ReadonlySet<string> {
  const found = store
    .all()
    .flatMap((one) => [one["identity"], one.properties].map((given) => identity.safeParse(given)));
  return new Set([SIGNED_IN.objectId, ...found.flatMap(({ data }) => data?.principalId ?? [])]);
}
