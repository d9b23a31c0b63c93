import { PIPELINES, SCORING_ACTIVITY, TELL_ACTIVITY } from "../contract/names";
import type { NewWorkReceiver } from "../environments/settings/scoring";
import { globalParameterNames } from "./global-parameters";
import type { ExecutePipelineActivity } from "./language/activity";
import { call, item, parameter, runOutput } from "./language/expression";
import type { NotebookRelease } from "./language/notebooks";
import { pipeline, type ContainerPath, type Pipeline } from "./language/pipeline";

export interface NewWorkProps {
  readonly release: NotebookRelease;
  /** Name of the factory's credential. */
  readonly credential: string;
  readonly lake: ContainerPath;
  readonly receiver: NewWorkReceiver;
}

/**
 * Tells a receiver of each item that a run of scoring has opened. A pipeline of its own, because the service takes no ForEach inside a condition; and
 * so that predictions are there whether the receiver answers or not.
 */
export const newWork = ({ release, credential, lake, receiver }: NewWorkProps) =>
  pipeline({
    name: PIPELINES.newWork,
    description: "Tell somebody of each item that is new on the work list",
    parameters: { items: "[]" },
    globalParameters: globalParameterNames,
    writes: [lake],
    release,
    activities: [
      {
        name: "each_item",
        type: "ForEach",
        items: call("json", parameter("items")),
        batchCount: 5,
        activities: [
          {
            name: TELL_ACTIVITY,
            type: "WebActivity",
            url: receiver.webhook,
            resource: receiver.audience,
            body: call("string", item),
            credential,
            turnOffAsync: true, // what the crew does then is not waited for
            policy: { timeout: "0.00:10:00", retry: 3, retryIntervalInSeconds: 60 },
          },
        ],
      },
    ],
  });

/** Starts it with what the activity `scoring` beside it has opened: nothing, on most runs. */
export const startNewWork = (started: Pipeline): ExecutePipelineActivity => ({
  name: "start_new_work",
  type: "ExecutePipeline",
  dependsOn: { [SCORING_ACTIVITY]: ["Succeeded"] },
  pipeline: started,
  parameters: { items: call("string", runOutput(SCORING_ACTIVITY, "new_work")) },
});
