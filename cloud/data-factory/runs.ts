import {
  type MonitoredPipelineRun,
  monitoredActivities,
  monitoredRuns,
  monitoredTriggerRuns,
  queryActivityRuns,
  queryRuns,
  queryTriggerRuns,
} from "adf-local";
import { ApiError } from "../http/api-error";
import type { FactoryApiProps, FactoryRoute } from "./factory-routes";

/** Runs of pipelines, activities and triggers: those that ended and those under way. */
export function runRoutes({ factory, activities }: FactoryApiProps): readonly FactoryRoute[] {
  const all = () => [...factory.history.runs, ...factory.underWay];
  const find = (runId: string): MonitoredPipelineRun => {
    const run = monitoredRuns(all()).find((one) => one.runId === runId);
    if (run === undefined) throw new ApiError(404, "EntityNotFound", `the factory has no run ${runId}`);
    return run;
  };
  const activitiesOf = ({ runId, pipelineName }: MonitoredPipelineRun) => {
    const ended = factory.history.runs.find((run) => run.runId === runId);
    return monitoredActivities(ended ?? { runId, pipeline: pipelineName, activities: activities.of(runId) });
  };
  return [
    { method: "POST", path: "/queryPipelineRuns", handle: ({ body }) => queryRuns(body, monitoredRuns(all())) },
    { method: "GET", path: "/pipelineruns/{run}", handle: ({ names }) => find(names["run"]!) },
    {
      method: "POST",
      path: "/pipelineruns/{run}/queryActivityruns",
      handle: ({ names, body }) => queryActivityRuns(body, activitiesOf(find(names["run"]!))),
    },
    {
      method: "POST",
      path: "/pipelineruns/{run}/cancel",
      handle: ({ names }) => {
        const { runId } = find(names["run"]!);
        // Answered before the run has ended, as the service does; one that has ended stays as it is.
        if (factory.underWay.some((run) => run.runId === runId)) void factory.cancel(runId);
        return undefined;
      },
    },
    {
      method: "POST",
      path: "/queryTriggerRuns",
      handle: ({ body }) => queryTriggerRuns(body, monitoredTriggerRuns(factory.history.triggerRuns)),
    },
  ];
}
