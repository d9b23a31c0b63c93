import { PIPELINES } from "../contract/names";
import { globalParameterNames } from "./global-parameters";
import { parameter } from "./language/expression";
import type { NotebookRelease } from "./language/notebooks";
import { pipeline, type ContainerPath } from "./language/pipeline";
import { featureEngineering, score } from "./stages";

const range = { start_date: parameter("from"), to_date: parameter("to") };

/**
 * Computes features and predictions of a range again, for people: windows that end from `from` to `to` (ISO 8601 in UTC, both included), by
 * `model_version` (empty: the champion). `npm run backfill` runs it a month at a time.
 */
export const backfill = (release: NotebookRelease, lake: ContainerPath) =>
  pipeline({
    name: PIPELINES.backfill,
    description: "Compute features and predictions of a range again, with a version of the model",
    concurrency: 1,
    parameters: { from: "", to: "", model_version: "" },
    globalParameters: globalParameterNames,
    writes: [lake],
    release,
    activities: [
      { ...featureEngineering, baseParameters: { ...featureEngineering.baseParameters, ...range } },
      {
        ...score,
        dependsOn: { feature_engineering: ["Succeeded"] },
        baseParameters: {
          ...score.baseParameters,
          ...range,
          model_version: parameter("model_version"),
          backfill: "true",
        },
      },
    ],
  });
