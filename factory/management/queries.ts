import type { MonitoredActivityRun, MonitoredPipelineRun, MonitoredTriggerRun } from "../runs/monitoring";
import { type Page, query } from "./query";

/** What `queryPipelineRuns` answers. Throws a `ZodError` for a question that the service refuses. */
export function queryRuns(question: unknown, runs: readonly MonitoredPipelineRun[]): Page<MonitoredPipelineRun> {
  const queried = {
    operands: {
      PipelineName: (run: MonitoredPipelineRun) => run.pipelineName,
      Status: (run: MonitoredPipelineRun) => run.status,
      RunStart: (run: MonitoredPipelineRun) => run.runStart,
      RunEnd: (run: MonitoredPipelineRun) => run.runEnd ?? "",
      RunGroupId: (run: MonitoredPipelineRun) => run.runGroupId,
      LatestOnly: (run: MonitoredPipelineRun) => String(run.isLatest),
    },
    orders: ["PipelineName", "Status", "RunStart", "RunEnd"],
    updated: (run: MonitoredPipelineRun) => run.lastUpdated,
    id: (run: MonitoredPipelineRun) => run.runId,
  };
  return query(queried, question, runs);
}

/** What `queryActivityruns` answers. Throws a `ZodError` for a question that the service refuses. */
export function queryActivityRuns(
  question: unknown,
  runs: readonly MonitoredActivityRun[],
): Page<MonitoredActivityRun> {
  const places = new Map(runs.map((run, index) => [run, String(index).padStart(8, "0")]));
  const queried = {
    operands: {
      ActivityName: (run: MonitoredActivityRun) => run.activityName,
      ActivityType: (run: MonitoredActivityRun) => run.activityType,
      Status: (run: MonitoredActivityRun) => run.status,
      ActivityRunStart: (run: MonitoredActivityRun) => run.activityRunStart,
      ActivityRunEnd: (run: MonitoredActivityRun) => run.activityRunEnd ?? "",
    },
    orders: ["ActivityName", "Status", "ActivityRunStart", "ActivityRunEnd"],
    updated: (run: MonitoredActivityRun) => run.activityRunEnd ?? run.activityRunStart,
    id: (run: MonitoredActivityRun) => places.get(run)!,
  };
  return query(queried, question, runs);
}

/** What `queryTriggerRuns` answers. Throws a `ZodError` for a question that the service refuses. */
export function queryTriggerRuns(question: unknown, runs: readonly MonitoredTriggerRun[]): Page<MonitoredTriggerRun> {
  const queried = {
    operands: {
      TriggerName: (run: MonitoredTriggerRun) => run.triggerName,
      TriggerRunTimestamp: (run: MonitoredTriggerRun) => run.triggerRunTimestamp,
      Status: (run: MonitoredTriggerRun) => run.status,
    },
    orders: ["TriggerName", "TriggerRunTimestamp", "Status"],
    updated: (run: MonitoredTriggerRun) => run.triggerRunTimestamp,
    id: (run: MonitoredTriggerRun) => run.triggerRunId,
  };
  return query(queried, question, runs);
}
