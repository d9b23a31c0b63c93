import type { DatabricksNotebookActivity } from "./language/databricks-notebook";
import { SCORING_ACTIVITY } from "../contract/names";
import { globalParameter } from "./global-parameters";
import { pipelineRunId, runOutput } from "./language/expression";

// The activities that several pipelines have. What they depend on is the pipeline's to say.

/** The range of events that is ingested and not yet scored; both ends are empty when there is none. */
const newData = {
  start_date: runOutput("ingest", "start_date"),
  to_date: runOutput("ingest", "to_date"),
};

export const ingest: DatabricksNotebookActivity = {
  name: "ingest",
  type: "DatabricksNotebook",
  notebook: "ingest",
  baseParameters: {
    landing_root: globalParameter("landing_root"),
    catalog: globalParameter("catalog"),
    schema: globalParameter("schema"),
    run_id: pipelineRunId,
    window_hours: globalParameter("window_hours"),
    limits: globalParameter("limits"),
    look_back_days: globalParameter("look_back_days"),
    ahead_hours: globalParameter("ahead_hours"),
  },
  policy: { timeout: "0.04:00:00", retry: 2, retryIntervalInSeconds: 60 },
};

export const featureEngineering: DatabricksNotebookActivity = {
  name: "feature_engineering",
  type: "DatabricksNotebook",
  notebook: "feature_engineering",
  baseParameters: {
    catalog: globalParameter("catalog"),
    schema: globalParameter("schema"),
    features_table: globalParameter("features_table"),
    ...newData,
    run_id: pipelineRunId,
    window_hours: globalParameter("window_hours"),
  },
  policy: { timeout: "0.04:00:00", retry: 2, retryIntervalInSeconds: 60 },
};

export const score: DatabricksNotebookActivity = {
  name: SCORING_ACTIVITY,
  type: "DatabricksNotebook",
  notebook: "scoring",
  baseParameters: {
    catalog: globalParameter("catalog"),
    schema: globalParameter("schema"),
    features_table: globalParameter("features_table"),
    results_data: globalParameter("results_data"),
    model_name: globalParameter("model_name"),
    ...newData,
    run_id: pipelineRunId,
    model_version: "",
    backfill: "",
  },
  policy: { timeout: "0.02:00:00", retry: 2, retryIntervalInSeconds: 60 },
};
