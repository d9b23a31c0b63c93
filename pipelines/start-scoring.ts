import { PIPELINES, WAITS } from "../contract/names";
import { globalParameterNames } from "./global-parameters";
import { call, empty } from "./language/expression";
import type { NotebookRelease } from "./language/notebooks";
import { pipeline, type Pipeline } from "./language/pipeline";
import { askForRuns, runsOf } from "./own-runs";

export interface StartScoringProps {
  readonly release: NotebookRelease;
  /** Name of the factory's credential. */
  readonly credential: string;
  /** Seconds within which the factory's answers show a run. */
  readonly gatherSeconds: number;
  readonly scoring: Pipeline;
}

/** Starts scoring unless a run of it is queued: that one begins later, and finds all that has landed by now. */
export const startScoring = ({ release, credential, gatherSeconds, scoring }: StartScoringProps) =>
  pipeline({
    name: PIPELINES.startScoring,
    description: "Start scoring, unless a run of it is queued",
    concurrency: 1,
    parameters: {},
    globalParameters: globalParameterNames,
    writes: scoring.writes,
    release,
    activities: [
      askForRuns({
        name: "queued_runs",
        credential,
        pipeline: scoring.name,
        status: "Queued",
        since: call("addDays", call("utcNow"), -7),
      }),
      {
        name: "if_none_is_queued",
        type: "IfCondition",
        dependsOn: { queued_runs: ["Succeeded"] },
        expression: empty(runsOf("queued_runs")),
        ifTrueActivities: [
          { name: "start", type: "ExecutePipeline", pipeline: scoring },
          {
            // Until an answer can show the run, the next one must not ask.
            name: WAITS.start_scoring,
            type: "Wait",
            dependsOn: { start: ["Succeeded"] },
            seconds: gatherSeconds,
          },
        ],
      },
    ],
  });
