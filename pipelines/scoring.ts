import { PIPELINES } from "../contract/names";
import { globalParameterNames } from "./global-parameters";
import { empty, not, runOutput } from "./language/expression";
import type { NotebookRelease } from "./language/notebooks";
import { pipeline, type ContainerPath, type Pipeline } from "./language/pipeline";
import { startNewWork } from "./new-work";
import { featureEngineering, ingest, score } from "./stages";

/** Scores what has landed since the last run that finished, whichever event or schedule started it, and has `newWork` tell of what is new on the work list. */
export const scoring = (release: NotebookRelease, lake: ContainerPath, newWork?: Pipeline) =>
  pipeline({
    name: PIPELINES.scoring,
    description: "Ingest; if there is new data, compute features and score",
    concurrency: 1,
    parameters: {},
    globalParameters: globalParameterNames,
    writes: [lake],
    release,
    activities: [
      ingest,
      {
        name: "if_new_data",
        type: "IfCondition",
        dependsOn: { ingest: ["Succeeded"] },
        expression: not(empty(runOutput("ingest", "to_date"))),
        ifTrueActivities: [
          featureEngineering,
          { ...score, dependsOn: { feature_engineering: ["Succeeded"] } },
          ...(newWork ? [startNewWork(newWork)] : []),
        ],
      },
    ],
  });
