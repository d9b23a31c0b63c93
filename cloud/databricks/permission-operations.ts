import { z } from "zod";
import type { ApiRequest } from "../http/route";
import { CREATOR, type Entry, entryOf, inheritedBy, requested, shownAccess } from "./access-control";
import { DatabricksError, missing } from "./databricks-error";
import { type Operation, operation } from "./workspace-api";
import type { WorkspaceObject } from "./workspace-object";
import type { WorkspaceStore } from "./workspace-store";
import { WorkspaceTree } from "./workspace-tree";

interface Kind {
  /** As answers name it. */
  readonly type: string;
  /** What can be granted on it. */
  readonly levels: readonly string[];
  /** Of what lies in a folder; absent: it lies in none. */
  readonly object?: WorkspaceObject["object_type"];
}

const OF_FOLDERS = ["CAN_READ", "CAN_RUN", "CAN_EDIT", "CAN_MANAGE"];

/** By the word that stands in the path. */
const KINDS: Readonly<Record<string, Kind>> = {
  clusters: { type: "cluster", levels: ["CAN_ATTACH_TO", "CAN_RESTART", "CAN_MANAGE"] },
  "cluster-policies": { type: "cluster-policy", levels: ["CAN_USE"] },
  directories: { type: "directory", levels: OF_FOLDERS, object: "DIRECTORY" },
  notebooks: { type: "notebook", levels: OF_FOLDERS, object: "NOTEBOOK" },
  files: { type: "file", levels: OF_FOLDERS, object: "FILE" },
  experiments: {
    type: "mlflowExperiment",
    levels: ["CAN_READ", "CAN_EDIT", "CAN_MANAGE"],
    object: "MLFLOW_EXPERIMENT",
  },
};

const list = z.looseObject({ access_control_list: z.array(requested).default([]) });
const AT = "/permissions/{kind}/{id}";

/** Who may do what with clusters, policies, folders and what is in them. The caller is an admin, who manages all of it. */
export const permissionOperations: readonly Operation[] = [
  operation("GET", AT, (store, { names }) => shown(store, names)),
  operation("PUT", AT, (store, { names, body }) => {
    const { id } = requireKind(store, names);
    store.accessControls.put(id, entries(store, names, body));
    return shown(store, names);
  }),
  operation("PATCH", AT, (store, { names, body }) => {
    const { id } = requireKind(store, names);
    const changes = entries(store, names, body);
    const isChanged = ({ kind, name }: Entry) => changes.some((one) => one.kind === kind && one.name === name);
    store.accessControls.put(id, [...direct(store, id).filter((one) => !isChanged(one)), ...changes]);
    return shown(store, names);
  }),
];

type Names = ApiRequest["names"];

function entries(store: WorkspaceStore, names: Names, body: unknown): Entry[] {
  const { kind } = requireKind(store, names);
  return list.parse(body ?? {}).access_control_list.map((asked) => {
    if (!kind.levels.includes(asked.permission_level))
      throw new DatabricksError(
        `Permission level ${asked.permission_level} is not of a ${kind.type}: ${kind.levels.join(", ")}`,
      );
    return entryOf(store, asked);
  });
}

function shown(store: WorkspaceStore, names: Names): object {
  const { kind, object, id } = requireKind(store, names);
  const root = kind.object === undefined ? names["kind"]! : "directories";
  return {
    object_id: `/${names["kind"]}/${id}`,
    object_type: kind.type,
    access_control_list: shownAccess(direct(store, id), inheritedBy(store, object, root)),
  };
}

/** A cluster is its maker's until its permissions are set; what lies in folders has what they have. */
function direct(store: WorkspaceStore, id: string): readonly Entry[] {
  return store.accessControls.get(id) ?? (store.clusters.get(id) === undefined ? [] : [CREATOR]);
}

/** What the path of a request means. */
function requireKind(store: WorkspaceStore, names: Names) {
  const { kind: word = "", id = "" } = names;
  const kind = KINDS[word];
  if (kind === undefined) throw missing(`permissions of ${word} are not answered on this machine`);
  const object = kind.object === undefined ? undefined : new WorkspaceTree(store).withId(id);
  const isThere =
    word === "clusters"
      ? store.clusters.get(id) !== undefined
      : word === "cluster-policies"
        ? store.policies.get(id) !== undefined
        : object !== undefined && object.object_type === kind.object;
  if (!isThere) throw missing(`${word}/${id} does not exist.`);
  return { kind, object, id };
}
