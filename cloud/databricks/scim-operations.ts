import { z } from "zod";
import { SIGNED_IN } from "../entra/identity";
import { Reply } from "../http/reply";
import { DatabricksError } from "./databricks-error";
import { groupOf, servicePrincipal, servicePrincipalOf, type ServicePrincipal } from "./principal";
import { type Operation, operation } from "./workspace-api";
import type { WorkspaceStore } from "./workspace-store";

/** What SCIM refuses. */
class ScimError extends DatabricksError {
  override get body(): object {
    const { message: detail, status } = this;
    return { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], detail, status: String(status) };
  }
}

const SCIM = "/preview/scim/v2";
const SCHEMAS = {
  principal: ["urn:ietf:params:scim:schemas:core:2.0:ServicePrincipal"],
  group: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
  list: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
};

const written = servicePrincipal.omit({ id: true }).extend({
  applicationId: z.guid().toLowerCase(),
  displayName: z.string().optional(),
  active: z.boolean().default(true),
});
/** In Azure a service principal keeps its application id, which a change need not state. */
const replaced = written.partial({ applicationId: true });
const newGroup = z.looseObject({ displayName: z.string().min(1) });
/** One comparison, as `displayName eq "engineers"`. */
const filter = z.string().regex(/^\s*(displayName|applicationId|id)\s+eq\s+("(?:[^"\\]|\\.)*"|\S+)\s*$/i);

/** Who the caller is, and the service principals and groups of a workspace. There are no other users. */
export const scimOperations: readonly Operation[] = [
  operation("GET", `${SCIM}/Me`, (store) => {
    const admins = groupOf(store, "admins");
    const me = servicePrincipalOf(store, SIGNED_IN.clientId);
    const groups = admins === undefined ? [] : [{ display: admins.displayName, value: admins.id, type: "direct" }];
    return { schemas: SCHEMAS.principal, ...me, userName: SIGNED_IN.clientId, groups };
  }),
  operation("GET", `${SCIM}/ServicePrincipals`, (store, { query }) => listed(store.servicePrincipals.all(), query)),
  operation("POST", `${SCIM}/ServicePrincipals`, (store, { body }) => {
    const stated = written.parse(body);
    // Terraform's provider compares these words, and takes over what is there where it is told to.
    if (servicePrincipalOf(store, stated.applicationId) !== undefined)
      throw new ScimError(
        `Service principal with application ID ${stated.applicationId} already exists.`,
        "RESOURCE_ALREADY_EXISTS",
        409,
      );
    return new Reply(201, put(store, String(store.nextId()), stated));
  }),
  operation("GET", `${SCIM}/ServicePrincipals/{id}`, (store, { names }) => requirePrincipal(store, names["id"]!)),
  operation("PUT", `${SCIM}/ServicePrincipals/{id}`, (store, { names, body }) => {
    const { id, applicationId } = requirePrincipal(store, names["id"]!);
    return put(store, id, { ...replaced.parse(body), applicationId });
  }),
  operation("DELETE", `${SCIM}/ServicePrincipals/{id}`, (store, { names }) => {
    store.servicePrincipals.delete(requirePrincipal(store, names["id"]!).id);
    return new Reply(204);
  }),
  operation("GET", `${SCIM}/Groups`, (store, { query }) => listed(store.groups.all(), query)),
  operation("POST", `${SCIM}/Groups`, (store, { body }) => {
    const { displayName } = newGroup.parse(body);
    if (groupOf(store, displayName) !== undefined)
      throw new ScimError(`Group with name ${displayName} already exists.`, "RESOURCE_ALREADY_EXISTS", 409);
    const id = store.addGroup(displayName, "WorkspaceGroup");
    return new Reply(201, { schemas: SCHEMAS.group, ...store.groups.get(id) });
  }),
  operation("GET", `${SCIM}/Groups/{id}`, (store, { names }) => {
    const found = store.groups.get(names["id"]!);
    if (found === undefined) throw new ScimError(`Group with id ${names["id"]} not found.`, "NOT_FOUND", 404);
    return { schemas: SCHEMAS.group, ...found };
  }),
];

function requirePrincipal(store: WorkspaceStore, id: string): ServicePrincipal {
  const found = store.servicePrincipals.get(id);
  if (found === undefined) throw new ScimError(`Service principal with id ${id} not found.`, "NOT_FOUND", 404);
  return found;
}

function put(store: WorkspaceStore, id: string, stated: z.infer<typeof written>): object {
  const displayName = stated.displayName ?? stated.applicationId;
  const principal = { ...stated, schemas: SCHEMAS.principal, id, displayName };
  store.servicePrincipals.put(id, principal);
  return principal;
}

/** A page of what a filter leaves. */
function listed(things: readonly Readonly<Record<string, unknown>>[], query: URLSearchParams): object {
  const asked = filter.optional().parse(query.get("filter") ?? undefined);
  const [, name = "", , quoted = ""] = /^\s*(\w+)\s+(eq)\s+(.*?)\s*$/i.exec(asked ?? "") ?? [];
  const value = quoted.startsWith('"') ? z.string().parse(JSON.parse(quoted)) : quoted;
  const isAsked = (thing: Readonly<Record<string, unknown>>) =>
    asked === undefined || String(thing[name]).toLowerCase() === value.toLowerCase();
  const found = things.filter(isAsked);
  const start = Math.max(Number(query.get("startIndex") ?? 1), 1);
  const page = found.slice(start - 1, start - 1 + Number(query.get("count") ?? found.length));
  const counts = { totalResults: found.length, startIndex: start, itemsPerPage: page.length };
  return { schemas: SCHEMAS.list, ...counts, Resources: page };
}
