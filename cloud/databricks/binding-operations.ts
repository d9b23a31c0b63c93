import { z } from "zod";
import type { ApiRequest } from "../http/route";
import { DatabricksError } from "./databricks-error";
import { bindings, keyOf, METASTORE_ID, requireSecurable, workspaceIdOf } from "./securable";
import { type Operation, operation } from "./workspace-api";
import type { WorkspaceStore } from "./workspace-store";

type Bindings = z.infer<typeof bindings>;

const READ_WRITE = "BINDING_TYPE_READ_WRITE";
const binding = z.looseObject({
  workspace_id: z.number().int(),
  binding_type: z.enum([READ_WRITE, "BINDING_TYPE_READ_ONLY"]).default(READ_WRITE),
});
const changed = z.looseObject({ add: z.array(binding).default([]), remove: z.array(binding).default([]) });
const assigned = z.looseObject({
  assign_workspaces: z.array(z.number().int()).default([]),
  unassign_workspaces: z.array(z.number().int()).default([]),
});
/** What can be isolated. */
const bound = z.enum(["catalog", "external_location", "storage_credential"]);

const OLD = "/unity-catalog/workspace-bindings/catalogs/{name}";
const NEW = "/unity-catalog/bindings/{type}/{name}";

/** The metastore of a workspace, and the workspaces that isolated objects are bound to. */
export const bindingOperations: readonly Operation[] = [
  operation("GET", "/unity-catalog/current-metastore-assignment", (_, { host }) => ({
    metastore_id: METASTORE_ID,
    workspace_id: workspaceIdOf(host),
    default_catalog_name: "hive_metastore",
  })),
  operation("GET", "/unity-catalog/metastore_summary", () => ({
    metastore_id: METASTORE_ID,
    name: "laptop",
    cloud: "azure",
    owner: "System user",
    privilege_model_version: "1.0",
  })),
  operation("GET", OLD, (store, { names }) => assignedTo(store, names)),
  operation("PATCH", OLD, (store, { names, body }) => {
    const { assign_workspaces, unassign_workspaces } = assigned.parse(body);
    const add = assign_workspaces.map((workspace_id) => ({ workspace_id, binding_type: READ_WRITE }));
    change(store, requireKey(store, { ...names, type: "catalog" }), add, unassign_workspaces);
    return assignedTo(store, names);
  }),
  operation("GET", NEW, (store, { names }) => ({ bindings: store.bindings.get(requireKey(store, names)) ?? [] })),
  operation("PATCH", NEW, (store, { names, body }) => {
    const { add, remove } = changed.parse(body);
    const type = names["type"]!;
    // Source of the words: databricks/cli#3945.
    if (type === "storage_credential" && add.some(({ binding_type }) => binding_type !== READ_WRITE))
      throw new DatabricksError("Supported binding types for STORAGE_CREDENTIAL are BINDING_TYPE_READ_WRITE");
    const gone = remove.map(({ workspace_id }) => workspace_id);
    return { bindings: change(store, requireKey(store, names), add, gone) };
  }),
];

function change(store: WorkspaceStore, key: string, add: Bindings, remove: readonly number[]): Bindings {
  const isChanged = (id: number) => remove.includes(id) || add.some(({ workspace_id }) => workspace_id === id);
  const left = (store.bindings.get(key) ?? []).filter(({ workspace_id }) => !isChanged(workspace_id));
  const bindings = [...left, ...add.map(({ workspace_id, binding_type }) => ({ workspace_id, binding_type }))];
  store.bindings.put(key, bindings);
  return bindings;
}

function assignedTo(store: WorkspaceStore, names: ApiRequest["names"]): object {
  const found = store.bindings.get(requireKey(store, { ...names, type: "catalog" })) ?? [];
  return { workspaces: found.map(({ workspace_id }) => workspace_id) };
}

function requireKey(store: WorkspaceStore, names: ApiRequest["names"]): string {
  const type = bound.parse(names["type"]);
  return keyOf(type, requireSecurable(store, type, names["name"]!).full_name);
}
