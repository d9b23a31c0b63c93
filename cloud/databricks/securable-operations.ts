import { z } from "zod";
import { idOf, SIGNED_IN } from "../entra/identity";
import type { ApiRequest } from "../http/route";
import { DatabricksError } from "./databricks-error";
import { canHoldGrants } from "./principal";
import { keyOf, labelOf, METASTORE_ID, ofType, requireBound, requireSecurable } from "./securable";
import { type Securable, securable, securablesWithin } from "./securable";
import { KINDS, schema, type SecurableKind, stated, type Stated } from "./securable-kinds";
import { GIVEN_SCHEMAS, usesOf } from "./securable-uses";
import { type Operation, operation } from "./workspace-api";
import type { WorkspaceStore } from "./workspace-store";

/** What a request says beside what it states of the object. */
const options = z.looseObject({
  force: z.boolean().default(false),
  owner: z.string().optional(),
  new_name: z.never({ error: "renaming is not answered on this machine" }).optional(),
});
/** They are of the request alone. */
const UNKEPT = { force: undefined, skip_validation: undefined };
/** A change states some of it, by its new values. */
const change = z.record(z.string(), z.unknown());

/** Catalogs, schemas, volumes, external locations and storage credentials. */
export const securableOperations: readonly Operation[] = KINDS.flatMap((kind) => {
  const list = `/unity-catalog/${kind.path}`;
  const one = `${list}/{name}`;
  return [
    operation("POST", list, (store, { body }) => shown(create(store, kind, body))),
    operation("GET", list, (store, { query }) => ({ [kind.path.replace("-", "_")]: listed(store, kind, query) })),
    operation("GET", one, (store, { host, names }) => {
      const found = requireSecurable(store, kind.type, names["name"]!);
      requireBound(store, found, host);
      return shown(found);
    }),
    operation("PATCH", one, (store, { names, body }) => shown(update(store, kind, names["name"]!, body))),
    operation("DELETE", one, remove(kind)),
  ];
});

function create(store: WorkspaceStore, kind: SecurableKind, body: unknown): Securable {
  const stated = kind.stated.parse({ ...options.parse(body), ...UNKEPT });
  const fullName = kind.fullName(stated);
  if (store.securables.get(keyOf(kind.type, fullName)) !== undefined)
    throw new DatabricksError(
      `${labelOf(kind.type, fullName)} already exists`,
      `${kind.type.toUpperCase()}_ALREADY_EXISTS`,
    );
  const made = { created_at: Date.now(), created_by: SIGNED_IN.clientId, owner: SIGNED_IN.clientId };
  const created = put(store, kind, { ...stated, ...made }, fullName);
  if (kind.type === "catalog")
    for (const name of GIVEN_SCHEMAS)
      put(store, schema, { name, catalog_name: fullName, ...made }, `${fullName}.${name}`);
  return created;
}

function update(store: WorkspaceStore, kind: SecurableKind, name: string, body: unknown): Securable {
  const before = requireSecurable(store, kind.type, name);
  const { force, owner, ...given } = options.parse(body);
  if (owner !== undefined && !canHoldGrants(store, owner))
    throw new DatabricksError(`Could not find principal with name ${owner}`, "PRINCIPAL_DOES_NOT_EXIST", 404);
  const { dependents, words } = usesOf(store, before);
  // Sources: databricks/terraform-provider-databricks#2778, #4551.
  if (kind.type === "storage_credential" && dependents > 0 && !force)
    throw new DatabricksError(`${words}; use force option to update anyway.`, "INVALID_STATE");
  const changed = { ...before, ...change.parse(given), ...UNKEPT, owner: owner ?? before.owner, name: before.name };
  return put(store, kind, stated.parse(changed), before.full_name);
}

function put(store: WorkspaceStore, kind: SecurableKind, stated: Stated, fullName: string): Securable {
  const ids = { id: idOf(`${kind.type}/${fullName}`), full_name: fullName };
  const made = kind.complete(store, stated, fullName);
  return write(store, { ...made, ...ids, securable_type: kind.type, metastore_id: METASTORE_ID });
}

function write(store: WorkspaceStore, stated: Readonly<Record<string, unknown>>): Securable {
  const made = securable.parse({ ...stated, updated_at: Date.now(), updated_by: SIGNED_IN.clientId });
  store.securables.put(keyOf(made.securable_type, made.full_name), made);
  return made;
}

function listed(store: WorkspaceStore, { type }: SecurableKind, query: URLSearchParams): readonly object[] {
  const isAsked = (one: Securable) =>
    (["catalog_name", "schema_name"] as const).every((key) => (query.get(key) ?? one[key]) === one[key]);
  return ofType(store, type).filter(isAsked).map(shown);
}

function remove({ type }: SecurableKind): (store: WorkspaceStore, request: ApiRequest) => object {
  return (store, { host, names, query }) => {
    const found = requireSecurable(store, type, names["name"]!);
    requireBound(store, found, host);
    if (type === "schema" && found.name === "information_schema")
      throw new DatabricksError("information_schema cannot be deleted");
    const { dependents, words } = usesOf(store, found);
    if (dependents > 0 && query.get("force") !== "true") throw new DatabricksError(words, "INVALID_STATE");
    const within = type === "catalog" || type === "schema" ? securablesWithin(store, found) : [];
    for (const gone of [...within, found]) {
      const key = keyOf(gone.securable_type, gone.full_name);
      for (const things of [store.grants, store.bindings, store.securables]) things.delete(key);
    }
    return {};
  };
}

function shown({ securable_type: type, ...rest }: Securable): object {
  return { ...rest, securable_type: type.toUpperCase() };
}
