import type { DatabricksNotebookActivity } from "../../../pipelines/language/databricks-notebook";
import { DefinitionError } from "../../../pipelines/language/definition-error";
import type { NotebookRelease } from "../../../pipelines/language/notebooks";
import { pipeline, type PipelineDefinition } from "../../../pipelines/language/pipeline";

/** A release of one notebook without widgets. */
export const release: NotebookRelease = {
  root: "/plant/1a2b",
  notebooks: [{ name: "count", widgets: [] }],
  linkedServiceName: "databricks",
};

/** A release of the five notebooks that the pipelines run. */
export const plantRelease: NotebookRelease = {
  root: "/predictive-maintenance/dev/1a2b",
  notebooks: [
    { name: "verification", widgets: ["action", "catalog", "schema", "results_data", "model_name"] },
    {
      name: "ingest",
      widgets: [
        "landing_root",
        "catalog",
        "schema",
        "run_id",
        "window_hours",
        "limits",
        "look_back_days",
        "ahead_hours",
      ],
    },
    {
      name: "feature_engineering",
      widgets: ["catalog", "schema", "features_table", "start_date", "to_date", "run_id", "window_hours"],
    },
    {
      name: "training",
      widgets: [
        ...["catalog", "schema", "features_table", "model", "model_name", "start_date", "to_date"],
        ...["horizon_hours", "run_id", "window_hours"],
      ],
    },
    {
      name: "scoring",
      widgets: ["catalog", "schema", "features_table", "results_data", "model_name", "start_date", "to_date", "run_id"],
    },
    {
      name: "upkeep",
      widgets: ["catalog", "schema", "features_table", "results_data", "retention_days", "run_id"],
    },
  ],
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
