import { z } from "zod";
import { alreadyThere, missing } from "./databricks-error";
import { type Operation, operation } from "./workspace-api";
import { folderOf, objectPath, type WorkspaceObject } from "./workspace-object";
import type { WorkspaceStore } from "./workspace-store";
import { WorkspaceTree } from "./workspace-tree";

const created = z.looseObject({
  name: objectPath,
  artifact_location: z.string().optional(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
});
const byId = z.looseObject({ experiment_id: z.string().min(1) });
const byName = z.looseObject({ experiment_name: objectPath });
const renamed = byId.extend({ new_name: objectPath });

/**
 * MLflow's experiments, which lie in the workspace's folders. One that is deleted is gone; the service keeps it for a while, so that it can be
 * restored.
 */
export const experimentOperations: readonly Operation[] = [
  operation("POST", "/mlflow/experiments/create", (store, { body }) => {
    const { name, artifact_location: stated, tags } = created.parse(body);
    requirePlace(store, name);
    const artifact_location = stated ?? `dbfs:/databricks/mlflow-tracking/${name.slice(name.lastIndexOf("/") + 1)}`;
    const contents = { object_type: "MLFLOW_EXPERIMENT" as const, experiment: { artifact_location, tags } };
    return { experiment_id: String(new WorkspaceTree(store).write(name, contents, false).object_id) };
  }),
  operation("GET", "/mlflow/experiments/get", (store, { query }) => ({
    experiment: shown(require(store, Object.fromEntries(query))),
  })),
  operation("GET", "/mlflow/experiments/get-by-name", (store, { query }) => {
    const { experiment_name: name } = byName.parse(Object.fromEntries(query));
    const found = store.objects.get(name);
    if (found?.experiment === undefined) throw missing(`Could not find experiment with name ${name}.`);
    return { experiment: shown(found) };
  }),
  operation("POST", "/mlflow/experiments/update", (store, { body }) => {
    const { new_name: name } = renamed.parse(body);
    const experiment = require(store, body);
    if (name === experiment.path) return {};
    requirePlace(store, name);
    new WorkspaceTree(store).move(experiment, name);
    return {};
  }),
  operation("POST", "/mlflow/experiments/delete", (store, { body }) => {
    new WorkspaceTree(store).delete(require(store, body).path, false);
    return {};
  }),
];

/** A folder that is there, and no other object of that name in it. */
function requirePlace(store: WorkspaceStore, name: string): void {
  const folder = folderOf(name);
  // Source: databricks-demos/dbdemos#155.
  if (store.objects.get(folder)?.object_type !== "DIRECTORY")
    throw missing(`Parent directory ${folder} does not exist.`);
  if (store.objects.get(name) !== undefined)
    throw alreadyThere(`Node named '${name.slice(name.lastIndexOf("/") + 1)}' already exists`);
}

function require(store: WorkspaceStore, asked: unknown): WorkspaceObject {
  const { experiment_id: id } = byId.parse(asked);
  const found = new WorkspaceTree(store).withId(id);
  if (found?.experiment === undefined) throw missing(`Node ID ${id} does not exist.`);
  return found;
}

function shown({ path, object_id, created_at, modified_at, experiment }: WorkspaceObject): object {
  return {
    experiment_id: String(object_id),
    name: path,
    lifecycle_stage: "active",
    creation_time: created_at,
    last_update_time: modified_at,
    ...experiment,
  };
}
