import { z } from "zod";
import type { ApiRequest } from "../http/route";
import { DatabricksError } from "./databricks-error";
import { canHoldGrants } from "./principal";
import { type assignment, keyOf, METASTORE_ID, requireBound, requireSecurable, TYPES } from "./securable";
import { type Operation, operation } from "./workspace-api";
import type { WorkspaceStore } from "./workspace-store";

type Assignment = z.infer<typeof assignment>;

const OF_VOLUME = ["ALL_PRIVILEGES", "APPLY_TAG", "MANAGE", "READ_VOLUME", "WRITE_VOLUME"];
const OF_SCHEMA = [
  ...[...OF_VOLUME, "CREATE_FUNCTION", "CREATE_MATERIALIZED_VIEW", "CREATE_MODEL", "CREATE_MODEL_VERSION"],
  ...["CREATE_TABLE", "CREATE_VOLUME", "EXECUTE", "EXTERNAL_USE_SCHEMA", "MODIFY", "REFRESH", "SELECT", "USE_SCHEMA"],
];
const OF_LOCATION = [
  ...["ALL_PRIVILEGES", "BROWSE", "CREATE_EXTERNAL_TABLE", "CREATE_EXTERNAL_VOLUME", "CREATE_FOREIGN_SECURABLE"],
  ...["CREATE_MANAGED_STORAGE", "EXTERNAL_USE_LOCATION", "MANAGE", "READ_FILES", "WRITE_FILES"],
];

/** What can be granted, by type. Source: Databricks, Unity Catalog privileges and securable objects. */
const PRIVILEGES: Readonly<Record<string, readonly string[]>> = {
  catalog: [...OF_SCHEMA, "BROWSE", "CREATE_SCHEMA", "USE_CATALOG"],
  schema: OF_SCHEMA,
  volume: OF_VOLUME,
  external_location: OF_LOCATION,
  storage_credential: [
    ...["ALL_PRIVILEGES", "CREATE_EXTERNAL_LOCATION", "CREATE_EXTERNAL_TABLE", "MANAGE", "READ_FILES", "WRITE_FILES"],
  ],
  metastore: [
    ...[
      "CREATE_CATALOG",
      "CREATE_CONNECTION",
      "CREATE_EXTERNAL_LOCATION",
      "CREATE_STORAGE_CREDENTIAL",
      "MANAGE_ALLOWLIST",
    ],
  ],
};

/** Databricks takes `USE CATALOG` too. */
const privilege = z.string().transform((given) => given.toUpperCase().replaceAll(" ", "_"));
const changes = z.looseObject({
  changes: z.array(
    z.looseObject({
      principal: z.string().min(1),
      add: z.array(privilege).default([]),
      remove: z.array(privilege).default([]),
    }),
  ),
});

/** Who may do what with the objects of Unity Catalog. */
export const grantOperations: readonly Operation[] = [
  operation("GET", "/unity-catalog/permissions/{type}/{name}", (store, request) => {
    const { key } = requireGrantable(store, request);
    return { privilege_assignments: asked(store.grants.get(key) ?? [], request) };
  }),
  operation("PATCH", "/unity-catalog/permissions/{type}/{name}", (store, request) => {
    const { type, name, key } = requireGrantable(store, request);
    const held = new Map((store.grants.get(key) ?? []).map((one) => [one.principal, new Set(one.privileges)]));
    for (const { principal, add, remove } of changes.parse(request.body).changes) {
      // Source: databricks/terraform-provider-databricks#1773.
      if (add.length > 0 && !canHoldGrants(store, principal))
        throw new DatabricksError(`Could not find principal with name ${principal}`, "PRINCIPAL_DOES_NOT_EXIST", 404);
      for (const one of [...add, ...remove])
        if (!PRIVILEGES[type]?.includes(one))
          throw new DatabricksError(
            `Privilege ${one} is not applicable to this entity [${name}:${type.toUpperCase()}].`,
          );
      const before = held.get(principal) ?? new Set();
      held.set(principal, new Set([...before, ...add].filter((one) => !remove.includes(one))));
    }
    const left = [...held].filter(([, { size }]) => size > 0);
    const assignments = left.map(([principal, privileges]) => ({ principal, privileges: [...privileges] }));
    store.grants.put(key, assignments);
    return { privilege_assignments: assignments };
  }),
  operation("GET", "/unity-catalog/effective-permissions/{type}/{name}", (store, request) => ({
    privilege_assignments: asked(effective(store, request), request),
  })),
];

/** The privileges of an object with those of what it is in. */
function effective(
  store: WorkspaceStore,
  request: ApiRequest,
): readonly (Pick<Assignment, "principal"> & { privileges: object[] })[] {
  const { type, name } = requireGrantable(store, request);
  const found = new Map<string, object[]>();
  for (const outer of outerOf(type, name))
    for (const { principal, privileges } of store.grants.get(keyOf(outer.type, outer.name)) ?? []) {
      const from = outer.type !== type && {
        inherited_from_type: outer.type.toUpperCase(),
        inherited_from_name: outer.name,
      };
      const more = privileges.map((privilege) => ({ privilege, ...from }));
      found.set(principal, [...(found.get(principal) ?? []), ...more]);
    }
  return [...found].map(([principal, privileges]) => ({ principal, privileges }));
}

/** An object and what it is in: a volume in a schema in a catalog. */
function outerOf(type: string, name: string): readonly { readonly type: string; readonly name: string }[] {
  const parts = name.split(".");
  if (!["catalog", "schema", "volume"].includes(type)) return [{ type, name }];
  const types = ["catalog", "schema", type].slice(0, parts.length);
  return types.map((of, index) => ({ type: of, name: parts.slice(0, index + 1).join(".") })).reverse();
}

function asked<T extends { readonly principal: string }>(
  assignments: readonly T[],
  { query }: ApiRequest,
): readonly T[] {
  const principal = query.get("principal");
  return assignments.filter((one) => principal === null || one.principal === principal);
}

function requireGrantable(store: WorkspaceStore, { host, names }: ApiRequest) {
  const [type, name] = [names["type"]!.toLowerCase(), names["name"]!];
  const key = keyOf(type, name);
  if (type === "metastore") {
    if (name !== METASTORE_ID)
      throw new DatabricksError(`Metastore '${name}' does not exist.`, "METASTORE_DOES_NOT_EXIST", 404);
  } else requireBound(store, requireSecurable(store, z.enum(TYPES).parse(type), name), host);
  return { type, name, key };
}
