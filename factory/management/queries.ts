import type { MonitoredActivityRun, MonitoredPipelineRun, MonitoredTriggerRun } from "../runs/monitoring";
import { type Page, type Queried, query } from "./query";

const RUNS: Queried<MonitoredPipelineRun> = {
  operands: {
    PipelineName: (run) => run.pipelineName,
    Status: (run) => run.status,
    RunStart: (run) => run.runStart,
    RunEnd: (run) => run.runEnd ?? "",
    RunGroupId: (run) => run.runGroupId,
    LatestOnly: (run) => String(run.isLatest),
  },
  orders: ["PipelineName", "Status", "RunStart", "RunEnd"],
  updated: (run) => run.lastUpdated,
  id: (run) => run.runId,
};

const ACTIVITY_RUNS: Queried<MonitoredActivityRun> = {
  operands: {
    ActivityName: (run) => run.activityName,
    ActivityType: (run) => run.activityType,
    Status: (run) => run.status,
    ActivityRunStart: (run) => run.activityRunStart,
    ActivityRunEnd: (run) => run.activityRunEnd ?? "",
  },
  orders: ["ActivityName", "Status", "ActivityRunStart", "ActivityRunEnd"],
  updated: (run) => run.activityRunEnd ?? run.activityRunStart,
};

const TRIGGER_RUNS: Queried<MonitoredTriggerRun> = {
  operands: {
    TriggerName: (run) => run.triggerName,
    TriggerRunTimestamp: (run) => run.triggerRunTimestamp,
    Status: (run) => run.status,
  },
  orders: ["TriggerName", "TriggerRunTimestamp", "Status"],
  updated: (run) => run.triggerRunTimestamp,
  id: (run) => run.triggerRunId,
};

/** What `queryPipelineRuns` answers. Throws a `ZodError` for a question that the service refuses. */
export function queryRuns(question: unknown, runs: readonly MonitoredPipelineRun[]): Page<MonitoredPipelineRun> {
  return query(RUNS, question, runs);
}

/** What `queryActivityruns` answers. Throws a `ZodError` for a question that the service refuses. */
export function queryActivityRuns(
  question: unknown,
  runs: readonly MonitoredActivityRun[],
): Page<MonitoredActivityRun> {
  return query(ACTIVITY_RUNS, question, runs);
}

/** What `queryTriggerRuns` answers. Throws a `ZodError` for a question that the service refuses. */
export function queryTriggerRuns(question: unknown, runs: readonly MonitoredTriggerRun[]): Page<MonitoredTriggerRun> {
  return query(TRIGGER_RUNS, question, runs);
}
