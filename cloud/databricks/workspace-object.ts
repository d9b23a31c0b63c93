import { z } from "zod";

export const LANGUAGES = ["PYTHON", "SQL", "SCALA", "R"] as const;

/** What lies at a path of the workspace. */
export const workspaceObject = z.object({
  path: z.string(),
  object_id: z.number().int(),
  object_type: z.enum(["DIRECTORY", "NOTEBOOK", "FILE", "MLFLOW_EXPERIMENT"]),
  created_at: z.number(),
  modified_at: z.number(),
  /** Of a notebook. */
  language: z.enum(LANGUAGES).optional(),
  /** Of a notebook or a file, in base64. */
  content: z.string().optional(),
  /** Of an experiment. */
  experiment: z
    .object({ artifact_location: z.string(), tags: z.array(z.object({ key: z.string(), value: z.string() })) })
    .optional(),
});

export type WorkspaceObject = Readonly<z.infer<typeof workspaceObject>>;

/** As Databricks spells a path: `/Workspace/a/` is `/a`. */
export const objectPath = z
  .string()
  .regex(/^\//, { error: ({ input }) => `Path (${String(input)}) doesn't start with '/'` })
  .transform((path) => `/${path.replace(/^\/Workspace(?=\/|$)/, "").replace(/^\/+|\/+$/g, "")}`);

export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 1));
}
