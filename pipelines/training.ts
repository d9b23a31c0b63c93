import { PIPELINES } from "../contract/names";
import type { DatabricksNotebookActivity } from "./language/databricks-notebook";
import { globalParameter, globalParameterNames } from "./global-parameters";
import { parameter, pipelineRunId } from "./language/expression";
import type { NotebookRelease } from "./language/notebooks";
import { pipeline, type ContainerPath } from "./language/pipeline";
import { featureEngineering, ingest, score } from "./stages";

export const train: DatabricksNotebookActivity = {
  name: "training",
  type: "DatabricksNotebook",
  notebook: "training",
  baseParameters: {
    catalog: globalParameter("catalog"),
    schema: globalParameter("schema"),
    features_table: globalParameter("features_table"),
    model: globalParameter("model"),
    model_name: globalParameter("model_name"),
    start_date: parameter("start_date"),
    to_date: parameter("to_date"),
    horizon_hours: globalParameter("horizon_hours"),
    run_id: pipelineRunId,
    window_hours: globalParameter("window_hours"),
    costs: globalParameter("costs"),
  },
  policy: { timeout: "0.12:00:00", retry: 1, retryIntervalInSeconds: 300 },
};

const upkeep: DatabricksNotebookActivity = {
  name: "upkeep",
  type: "DatabricksNotebook",
  notebook: "upkeep",
  baseParameters: {
    catalog: globalParameter("catalog"),
    schema: globalParameter("schema"),
    features_table: globalParameter("features_table"),
    results_data: globalParameter("results_data"),
    retention_days: globalParameter("retention_days"),
    run_id: pipelineRunId,
  },
  policy: { timeout: "0.04:00:00", retry: 1, retryIntervalInSeconds: 300 },
};

/** Brings the tables up to date, from deliveries however old, trains on the given range (ISO 8601, empty: all that is known), scores what is new, and tidies up. */
export const training = (release: NotebookRelease, lake: ContainerPath) =>
  pipeline({
    name: PIPELINES.training,
    description: "Ingest, compute features, train and register the model, score what is new, tidy up the tables",
    concurrency: 1,
    parameters: { start_date: "", to_date: "" },
    globalParameters: globalParameterNames,
    writes: [lake],
    release,
    activities: [
      { ...ingest, baseParameters: { ...ingest.baseParameters, look_back_days: "" } },
      { ...featureEngineering, dependsOn: { ingest: ["Succeeded"] } },
      { ...train, dependsOn: { feature_engineering: ["Succeeded"] } },
      { ...score, dependsOn: { training: ["Succeeded"] } },
      { ...upkeep, dependsOn: { scoring: ["Succeeded"] } },
    ],
  });
