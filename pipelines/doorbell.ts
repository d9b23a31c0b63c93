import { PIPELINES, WAITS } from "../contract/names";
import { globalParameterNames } from "./global-parameters";
import { call, pipelineRunId, triggerTime } from "./language/expression";
import type { NotebookRelease } from "./language/notebooks";
import { pipeline, type Pipeline } from "./language/pipeline";
import { askForRuns, lastRunOfSlot, runsOf } from "./own-runs";

export interface DoorbellProps {
  readonly release: NotebookRelease;
  /** Name of the factory's credential. */
  readonly credential: string;
  /** Length of a slot; divides the minute. */
  readonly gatherSeconds: number;
  readonly startScoring: Pipeline;
}

/**
 * Each blob that lands rings, and of all rings of a slot only the last one asks for scoring. A ring that sees none of its slot, not even
 * itself, asks too: rather once too often. Decision 12 says why nothing is lost.
 */
export const doorbell = ({ release, credential, gatherSeconds, startScoring }: DoorbellProps) =>
  pipeline({
    name: PIPELINES.doorbell,
    description: "Of all blobs that land at about the same time, let the last one start scoring",
    parameters: {},
    globalParameters: globalParameterNames,
    writes: startScoring.writes,
    release,
    activities: [
      {
        // To the end of the slot, and at least as long again, until an answer can show all its rings.
        name: WAITS.doorbell,
        type: "Wait",
        seconds: 2 * gatherSeconds,
      },
      askForRuns({
        name: "rings",
        dependsOn: { [WAITS.doorbell]: ["Succeeded"] },
        credential,
        pipeline: PIPELINES.doorbell,
        since: call("addMinutes", triggerTime, -2),
      }),
      {
        name: "if_last",
        type: "IfCondition",
        dependsOn: { rings: ["Succeeded"] },
        expression: call(
          "contains",
          call("createArray", pipelineRunId, ""),
          lastRunOfSlot(runsOf("rings"), triggerTime, gatherSeconds),
        ),
        ifTrueActivities: [{ name: "start_scoring", type: "ExecutePipeline", pipeline: startScoring }],
      },
    ],
  });
