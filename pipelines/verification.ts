import { PIPELINES, REPORT_ACTIVITY } from "../contract/names";
import type { ActivityPolicy } from "./language/activity-base";
import type { DatabricksNotebookActivity } from "./language/databricks-notebook";
import { globalParameter, globalParameterNames } from "./global-parameters";
import type { NotebookRelease } from "./language/notebooks";
import { pipeline, type ContainerPath } from "./language/pipeline";
import { featureEngineering, ingest, score } from "./stages";
import { train } from "./training";

/** What keeps a verification apart from the environment's own tables and model. */
const apart = { schema: globalParameter("verification_schema") };
const model = { model_name: globalParameter("verification_model_name") };

/** What predictions depend on is the same in every environment, because the expected ones are. */
const fixed = { window_hours: "12" };

const policy: ActivityPolicy = { timeout: "0.01:00:00", retry: 1, retryIntervalInSeconds: 60 };

const housekeeping = (action: "clear" | typeof REPORT_ACTIVITY): DatabricksNotebookActivity => ({
  name: action,
  type: "DatabricksNotebook",
  notebook: "verification",
  baseParameters: {
    action,
    catalog: globalParameter("catalog"),
    ...apart,
    results_data: globalParameter("results_data"),
    ...model,
  },
  // What is reported is cleared: another attempt would find nothing to report.
  policy: { ...policy, retry: action === REPORT_ACTIVITY ? 0 : 1 },
});

/**
 * Runs the notebooks of this release on a known plant, from raw files to predictions, in a schema and with a model of its own, reports what was
 * predicted, and leaves nothing behind.
 */
export const verification = (release: NotebookRelease, lake: ContainerPath) =>
  pipeline({
    name: PIPELINES.verification,
    description: "Ingest a known plant, train on it, score it, report what was predicted, clear it all",
    concurrency: 1,
    parameters: {},
    globalParameters: globalParameterNames,
    writes: [lake],
    release,
    activities: [
      housekeeping("clear"),
      {
        ...ingest,
        dependsOn: { clear: ["Succeeded"] },
        baseParameters: {
          ...ingest.baseParameters,
          ...apart,
          ...fixed,
          landing_root: globalParameter("verification_root"),
          limits: "",
          look_back_days: "",
          ahead_hours: "",
        },
        policy,
      },
      {
        ...featureEngineering,
        dependsOn: { ingest: ["Succeeded"] },
        baseParameters: { ...featureEngineering.baseParameters, ...apart, ...fixed },
        policy,
      },
      {
        ...train,
        dependsOn: { feature_engineering: ["Succeeded"] },
        baseParameters: {
          ...train.baseParameters,
          ...apart,
          ...model,
          ...fixed,
          model: "DecisionTree",
          horizon_hours: "24",
          costs: "",
          start_date: "",
          to_date: "",
        },
        policy,
      },
      {
        ...score,
        dependsOn: { training: ["Succeeded"] },
        baseParameters: { ...score.baseParameters, ...apart, ...model },
        policy,
      },
      { ...housekeeping(REPORT_ACTIVITY), dependsOn: { scoring: ["Succeeded"] } },
    ],
  });
