import type { Json, JsonObject } from "../json";
import type { FailureType } from "../pipelines/activities/activity-error";
import { triggerName, triggerType } from "./identity";
import type { ActivityRun, PipelineRun, RunUnderWay, TriggerRun } from "./records";

/** A pipeline run as `queryPipelineRuns` of the REST API 2018-06-01 shows it. Times are ISO 8601 in UTC. */
export interface MonitoredPipelineRun {
  readonly runId: string;
  /** The same for a run and all that went on from one of its activities. */
  readonly runGroupId: string;
  /** Whether nothing went on from it. */
  readonly isLatest: boolean;
  readonly pipelineName: string;
  /** Values as strings, as the service has them. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly invokedBy: {
    readonly id: string;
    readonly name: string;
    readonly invokedByType: string;
    /** The pipeline whose ExecutePipeline started it, and its run. */
    readonly pipelineName?: string;
    readonly pipelineRunId?: string;
  };
  readonly runStart: string;
  /** Null until it has ended, as the duration is. */
  readonly runEnd: string | null;
  readonly durationInMs: number | null;
  readonly lastUpdated: string;
  readonly status: PipelineRun["status"] | RunUnderWay["status"];
  /** Empty where it has succeeded. */
  readonly message: string;
}

/** An activity run as `queryActivityruns` shows it. */
export interface MonitoredActivityRun {
  readonly activityRunId: string;
  readonly activityName: string;
  readonly activityType: string;
  readonly pipelineName: string;
  readonly pipelineRunId: string;
  readonly linkedServiceName: string;
  /** `Inactive` where it is: what its definition marks it as only decides about the activities after it. */
  readonly status: ActivityRun["status"] | "Inactive" | "InProgress";
  readonly activityRunStart: string;
  /** Null until it has ended, as the duration is. */
  readonly activityRunEnd: string | null;
  readonly durationInMs: number | null;
  /** How often it was tried again; null where it was not. */
  readonly retryAttempt: number | null;
  /** Empty outside loops. */
  readonly iterationHash: string;
  /** Empty where the policy keeps it secret. */
  readonly input: JsonObject;
  readonly output: JsonObject;
  readonly error: {
    readonly errorCode: string;
    readonly message: string;
    readonly failureType: FailureType | "";
    readonly target: string;
    readonly details: string;
  };
}

/** A trigger run as `queryTriggerRuns` shows it. */
export interface MonitoredTriggerRun {
  readonly triggerRunId: string;
  readonly triggerName: string;
  readonly triggerType: string;
  readonly triggerRunTimestamp: string;
  readonly status: TriggerRun["status"];
  readonly message: string;
  readonly properties: Readonly<Record<string, string>>;
  /** The ids of the runs that it started, by pipeline. */
  readonly triggeredPipelines: Readonly<Record<string, string>>;
}

/** Runs of a history, and those that a factory has under way, in the shape of the service's monitoring. */
export function monitoredRuns(runs: readonly (PipelineRun | RunUnderWay)[]): readonly MonitoredPipelineRun[] {
  const latest = new Map(runs.map((run) => [groupOf(run), run.runId]));
  return runs.map((run) => {
    const { runId, pipeline, parent, start, status } = run;
    const { end = null, message = "" } = "end" in run ? run : {};
    const parameters = Object.entries(run.parameters).map(([name, value]) => [name, textOf(value)]);
    return {
      runId,
      runGroupId: groupOf(run),
      isLatest: latest.get(groupOf(run)) === runId,
      pipelineName: pipeline,
      parameters: Object.fromEntries(parameters),
      invokedBy: {
        ...{ id: run.invocation?.id ?? runId, name: triggerName(run), invokedByType: triggerType(run) },
        ...(parent && { pipelineName: parent.pipeline, pipelineRunId: parent.runId }),
      },
      runStart: start,
      runEnd: end,
      durationInMs: end === null ? null : Date.parse(end) - Date.parse(start),
      lastUpdated: end ?? start,
      status,
      message,
    };
  });
}

/** An activity that has begun, and no more is known of it; its input is, once it has been evaluated. */
export type BegunActivity = Pick<ActivityRun, "name" | "type" | "start" | "input">;

/** The activities of a run in the shape of the service's monitoring; those that have only begun are in progress. */
export function monitoredActivities({
  runId,
  pipeline,
  activities,
}: Pick<PipelineRun, "runId" | "pipeline"> & {
  readonly activities: readonly (ActivityRun | BegunActivity)[];
}): readonly MonitoredActivityRun[] {
  return activities.map((activity) => {
    const common = {
      activityName: activity.name,
      activityType: activity.type,
      pipelineName: pipeline,
      pipelineRunId: runId,
      activityRunStart: activity.start,
    };
    return "status" in activity
      ? { ...common, ...ended(activity) }
      : { ...common, ...BEGUN, input: activity.input ?? {} };
  });
}

const BEGUN = {
  activityRunId: "",
  linkedServiceName: "",
  status: "InProgress",
  activityRunEnd: null,
  durationInMs: null,
  retryAttempt: null,
  iterationHash: "",
  output: {},
  error: { errorCode: "", message: "", failureType: "", target: "", details: "" },
} as const;

function ended(run: ActivityRun) {
  return {
    activityRunId: run.id ?? "",
    linkedServiceName: run.linkedService ?? "",
    status: run.isInactive ? ("Inactive" as const) : run.status,
    activityRunEnd: run.end,
    durationInMs: Date.parse(run.end) - Date.parse(run.start),
    retryAttempt: run.attempts > 1 ? run.attempts - 1 : null,
    iterationHash: run.iteration ?? "",
    input: run.input ?? {},
    output: run.output ?? {},
    error: {
      errorCode: run.errorCode ?? "",
      message: run.error ?? "",
      failureType: run.failureType ?? ("" as const),
      target: run.target ?? run.name,
      details: "",
    },
  };
}

/** What triggers started in the shape of the service's monitoring. */
export function monitoredTriggerRuns(runs: readonly TriggerRun[]): readonly MonitoredTriggerRun[] {
  return runs.map(
    ({ triggerRunId, trigger, type, time, status, message = "", properties, runs: triggeredPipelines }) => ({
      ...{ triggerRunId, triggerName: trigger, triggerType: type, triggerRunTimestamp: time },
      ...{ status, message, properties, triggeredPipelines },
    }),
  );
}

function groupOf({ rerunOf, runId }: PipelineRun | RunUnderWay): string {
  return rerunOf ?? runId;
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
