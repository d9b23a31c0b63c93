import { z } from "zod";
import { DatabricksError } from "./databricks-error";
import { type Operation, operation } from "./workspace-api";
import { LANGUAGES, objectPath, type WorkspaceObject } from "./workspace-object";
import { WorkspaceTree } from "./workspace-tree";

/** Bytes of a notebook or file at most. Source: Databricks, workspace/import. */
const MOST = 10 * 1024 * 1024;
const ENDINGS = { ".py": "PYTHON", ".sql": "SQL", ".scala": "SCALA", ".r": "R" } as const;
const EXTENSIONS = { PYTHON: ".py", SQL: ".sql", SCALA: ".scala", R: ".r" } as const;

const at = z.looseObject({ path: objectPath });
const imported = z.looseObject({
  path: objectPath,
  content: z.base64().default(""),
  /** `SOURCE` is a notebook, `RAW` a file, `AUTO` what the content says. Archives and Jupyter's format are not unpacked here. */
  format: z.enum(["SOURCE", "RAW", "AUTO"]).default("SOURCE"),
  language: z.enum(LANGUAGES).optional(),
  overwrite: z.boolean().default(false),
});
const deleted = z.looseObject({ path: objectPath, recursive: z.boolean().default(false) });
const exported = z.looseObject({ path: objectPath, format: z.enum(["SOURCE", "AUTO", "RAW"]).default("SOURCE") });

/** Notebooks, files and folders. */
export const objectOperations: readonly Operation[] = [
  operation("POST", "/workspace/mkdirs", (store, { body }) => {
    new WorkspaceTree(store).makeFolder(at.parse(body).path);
    return {};
  }),
  operation("POST", "/workspace/import", (store, { body }) => {
    const asked = imported.parse(body);
    if (Buffer.byteLength(asked.content, "base64") > MOST)
      throw new DatabricksError(`${asked.path} has more than ${MOST} bytes`, "MAX_NOTEBOOK_SIZE_EXCEEDED");
    const { path, language } = notebookIn(asked);
    const contents =
      language === undefined
        ? { object_type: "FILE" as const, content: asked.content }
        : { object_type: "NOTEBOOK" as const, language, content: asked.content };
    return { object_id: new WorkspaceTree(store).write(path, contents, asked.overwrite).object_id };
  }),
  operation("GET", "/workspace/get-status", (store, { query }) =>
    shown(new WorkspaceTree(store).require(at.parse(Object.fromEntries(query)).path)),
  ),
  operation("GET", "/workspace/list", (store, { query }) => {
    const tree = new WorkspaceTree(store);
    const object = tree.require(at.parse(Object.fromEntries(query)).path);
    return { objects: (object.object_type === "DIRECTORY" ? tree.list(object.path) : [object]).map(shown) };
  }),
  operation("GET", "/workspace/export", (store, { query }) => {
    const { path } = exported.parse(Object.fromEntries(query));
    const { content, language } = new WorkspaceTree(store).require(path);
    if (content === undefined) throw new DatabricksError(`${path} is neither a notebook nor a file`);
    return { content, ...(language && { file_type: EXTENSIONS[language].slice(1) }) };
  }),
  operation("POST", "/workspace/delete", (store, { body }) => {
    const { path, recursive } = deleted.parse(body);
    new WorkspaceTree(store).delete(path, recursive);
    return {};
  }),
];

type Import = z.infer<typeof imported>;

/** The path and the language of a notebook; a file has no language. */
function notebookIn({ path, content, format, language }: Import): Pick<WorkspaceObject, "path" | "language"> {
  if (format === "RAW") return { path };
  if (format === "SOURCE") {
    if (language === undefined) throw new DatabricksError("language is missing: SOURCE is the format of a notebook");
    return { path, language };
  }
  // A source file that begins as an exported notebook does is a notebook, and loses its ending.
  const [ending, found] = Object.entries(ENDINGS).find(([end]) => path.toLowerCase().endsWith(end)) ?? [];
  const isNotebook = /^(#|--|\/\/) Databricks notebook source/.test(Buffer.from(content, "base64").toString("utf8"));
  return ending === undefined || !isNotebook ? { path } : { path: path.slice(0, -ending.length), language: found };
}

function shown(object: WorkspaceObject): object {
  const { object_id, object_type, content = "" } = object;
  const size = object_type === "FILE" ? Buffer.byteLength(content, "base64") : undefined;
  return { ...object, content: undefined, experiment: undefined, resource_id: String(object_id), size };
}
