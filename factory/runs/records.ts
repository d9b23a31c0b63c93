import { z } from "zod";
import { json, type Json, type JsonObject } from "../json";
import type { FailureType } from "../pipelines/activities/activity-error";

const status = z.enum(["Succeeded", "Failed", "Skipped", "Cancelled"]);
export type ActivityStatus = z.infer<typeof status>;

/** What the factory remembers of one activity of a pipeline run. Times are ISO 8601 in UTC. */
export interface ActivityRun {
  readonly name: string;
  readonly type: string;
  /** The service's `activityRunId`; absent in a history that was written before there was one. */
  readonly id?: string;
  readonly status: ActivityStatus;
  readonly start: string;
  readonly end: string;
  /** How often it was tried: 0 when skipped, more than 1 after retries. */
  readonly attempts: number;
  /** What it was run with: its evaluated properties. Absent where they could not be evaluated. */
  readonly input?: JsonObject;
  readonly output?: JsonObject;
  /** Which of its branches a condition or a loop took: see `Work.branches`. */
  readonly branch?: string;
  /** The same for all that ran at one time through a loop, and for nothing else; absent outside loops. */
  readonly iteration?: string;
  /** The linked service that it names. */
  readonly linkedService?: string;
  /** Not run: the output is that of an earlier run, which this one goes on from. */
  readonly kept?: true;
  /** Not run: it is inactive, and its definition says the status. */
  readonly isInactive?: true;
  /** The message of the last attempt that failed. */
  readonly error?: string;
  readonly errorCode?: string;
  readonly failureType?: FailureType;
  /** What failed: the activity, unless it names something else. */
  readonly target?: string;
  /** Its policy says `secureInput` or `secureOutput`: input, output and message are left out. */
  readonly isSecure?: true;
}

/** A run that executes another pipeline. */
export interface ParentRun {
  readonly runId: string;
  readonly pipeline: string;
  /** The run that all began with. */
  readonly groupId: string;
}

/** What started a run. */
export interface Invocation {
  /** Of the trigger run, or one of its own for a run that no trigger started. */
  readonly id: string;
  /** A type of trigger, `Manual`, or `PipelineActivity` for a run that another pipeline executes. */
  readonly type: string;
  readonly time: string;
}

export interface PipelineRun {
  readonly runId: string;
  readonly pipeline: string;
  /** Name of the trigger or of the pipeline that executed it, or `manual`. */
  readonly invokedBy: string;
  /** Absent in a history that was written before there was one. */
  readonly invocation?: Invocation;
  readonly parameters: Readonly<Record<string, Json>>;
  /** The run whose ExecutePipeline started this one. */
  readonly parent?: ParentRun;
  /** The first of the runs that this one goes on from. */
  readonly rerunOf?: string;
  /** Its values are left out, as the ExecutePipeline that gave them says `secureInput`. */
  readonly hasSecureParameters?: true;
  readonly status: "Succeeded" | "Failed" | "Cancelled";
  /** Why it has not succeeded. */
  readonly message?: string;
  readonly start: string;
  readonly end: string;
  /** In the order in which they started, activities inside others included; those inside a loop once for each time. */
  readonly activities: readonly ActivityRun[];
}

/** A run that has not ended. */
export interface RunUnderWay extends Omit<PipelineRun, "status" | "message" | "end" | "activities"> {
  readonly status: "Queued" | "InProgress" | "Canceling";
  /** When it began, or while it is queued, when it was asked for. */
  readonly start: string;
}

/** One firing of a trigger. */
export interface TriggerRun {
  readonly triggerRunId: string;
  readonly trigger: string;
  readonly type: string;
  readonly time: string;
  /** Failed: one of its pipelines could not be started. What became of their runs does not count. */
  readonly status: "Succeeded" | "Failed";
  /** Why it failed. */
  readonly message?: string;
  /** What the trigger's type tells of a firing: times, the window, the blob. */
  readonly properties: Readonly<Record<string, string>>;
  /** The runs that it started, by pipeline. */
  readonly runs: Readonly<Record<string, string>>;
}

const jsonObject = z.record(z.string(), json);
const texts = z.record(z.string(), z.string());

const activityRun = z.object({
  name: z.string(),
  type: z.string(),
  id: z.string().exactOptional(),
  status,
  start: z.string(),
  end: z.string(),
  attempts: z.int(),
  input: jsonObject.exactOptional(),
  output: jsonObject.exactOptional(),
  branch: z.string().exactOptional(),
  iteration: z.string().exactOptional(),
  linkedService: z.string().exactOptional(),
  kept: z.literal(true).exactOptional(),
  isInactive: z.literal(true).exactOptional(),
  error: z.string().exactOptional(),
  errorCode: z.string().exactOptional(),
  failureType: z.enum(["UserError", "SystemError"]).exactOptional(),
  target: z.string().exactOptional(),
  isSecure: z.literal(true).exactOptional(),
});

const pipelineRun = z.object({
  runId: z.string(),
  pipeline: z.string(),
  invokedBy: z.string(),
  invocation: z.object({ id: z.string(), type: z.string(), time: z.string() }).exactOptional(),
  parameters: jsonObject,
  parent: z.object({ runId: z.string(), pipeline: z.string(), groupId: z.string() }).exactOptional(),
  rerunOf: z.string().exactOptional(),
  hasSecureParameters: z.literal(true).exactOptional(),
  status: status.exclude(["Skipped"]),
  message: z.string().exactOptional(),
  start: z.string(),
  end: z.string(),
  activities: z.array(activityRun),
});

const triggerRun = z.object({
  triggerRunId: z.string(),
  trigger: z.string(),
  type: z.string(),
  time: z.string(),
  status: z.enum(["Succeeded", "Failed"]),
  message: z.string().exactOptional(),
  properties: texts,
  runs: texts,
});

const record: z.ZodType<PipelineRun | TriggerRun> = z.union([pipelineRun, triggerRun]);

/** A line of a history; `undefined` where it is none. */
export function readRecord(line: string): PipelineRun | TriggerRun | undefined {
  try {
    return record.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
