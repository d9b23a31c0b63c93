import { join } from "node:path";
import { globalParameterNames } from "../../../pipelines/global-parameters";
import type { DatabricksNotebookActivity } from "../../../pipelines/language/databricks-notebook";
import { DefinitionError } from "../../../pipelines/language/definition-error";
import { readNotebooks, type NotebookRelease } from "../../../pipelines/language/notebooks";
import { repository } from "../../repository";
import { pipeline, type PipelineDefinition } from "../../../pipelines/language/pipeline";

/** A release of one notebook without widgets. */
export const release: NotebookRelease = {
  root: "/plant/1a2b",
  notebooks: [{ name: "count", widgets: [] }],
  linkedServiceName: "databricks",
};

/** A release of this repository's notebooks. */
export const plantRelease: NotebookRelease = {
  root: "/predictive-maintenance/dev/1a2b",
  notebooks: readNotebooks(join(repository, "notebooks")),
  linkedServiceName: "databricks",
};

/** A notebook activity without mistakes. */
export const activity = (change: Partial<DatabricksNotebookActivity> = {}): DatabricksNotebookActivity => ({
  name: "count",
  type: "DatabricksNotebook",
  notebook: "count",
  baseParameters: {},
  policy: { timeout: "0.01:00:00", retry: 1, retryIntervalInSeconds: 60 },
  ...change,
});

/** A pipeline without mistakes. */
export const example = (change: Partial<PipelineDefinition> = {}) =>
  pipeline({
    name: "example",
    description: "Counts",
    concurrency: 1,
    parameters: {},
    globalParameters: globalParameterNames,
    writes: ["lake/"],
    release,
    activities: [activity()],
    ...change,
  });

/** The problems that a definition is refused with. */
export function problemsOf(define: () => unknown): readonly string[] {
  try {
    define();
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
  return [];
}
