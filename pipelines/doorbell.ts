import { PIPELINES } from "../contract/names";
import { globalParameter, globalParameterNames } from "./global-parameters";
import { call, pipelineRunId, triggerTime } from "./language/expression";
import type { NotebookRelease } from "./language/notebooks";
import { pipeline, type Pipeline } from "./language/pipeline";
import { askForRuns, lastRunOfSlot, runsOf, secondOf } from "./own-runs";

const gather = call("int", globalParameter("gather_seconds"));

/**
 * Each blob that lands rings, and of all rings of a slot only the last one asks for scoring. A ring that sees none of its slot, not even
 * itself, asks too: rather once too often. Decision 12 says why nothing is lost.
 */
export const doorbell = (release: NotebookRelease, credential: string, startScoring: Pipeline) =>
  pipeline({
    name: PIPELINES.doorbell,
    description: "Of all blobs that land at about the same time, let the last one start scoring",
    parameters: {},
    globalParameters: globalParameterNames,
    writes: startScoring.writes,
    release,
    activities: [
      {
        // To the end of the slot, and as long again, until an answer can show all its rings.
        name: "until_all_rang",
        type: "Wait",
        seconds: call("sub", call("add", gather, gather), call("mod", secondOf(triggerTime), gather)),
      },
      askForRuns({
        name: "rings",
        dependsOn: { until_all_rang: ["Succeeded"] },
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
          lastRunOfSlot(runsOf("rings"), triggerTime, gather),
        ),
        ifTrueActivities: [{ name: "start_scoring", type: "ExecutePipeline", pipeline: startScoring }],
      },
    ],
  });
