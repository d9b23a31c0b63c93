import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { writeFileAtomically } from "../atomic-file";
import { FactoryError } from "../factory-error";
import { json, type Json, type JsonObject } from "../json";
import type { FailureType } from "../pipelines/activities/activity-error";

const status = z.enum(["Succeeded", "Failed", "Skipped", "Cancelled"]);
export type ActivityStatus = z.infer<typeof status>;

/** What the factory remembers of one activity of a pipeline run. Times are ISO 8601 in UTC. */
export interface ActivityRun {
  readonly name: string;
  readonly type: string;
  readonly status: ActivityStatus;
  readonly start: string;
  readonly end: string;
  /** How often it was tried: 0 when skipped, more than 1 after retries. */
  readonly attempts: number;
  readonly output?: JsonObject;
  /** Not run: the output is that of an earlier run, which this one goes on from. */
  readonly kept?: true;
  /** The message of the last attempt that failed. */
  readonly error?: string;
  readonly errorCode?: string;
  readonly failureType?: FailureType;
  /** What failed: the activity, unless it names something else. */
  readonly target?: string;
  /** Its policy says `secureInput` or `secureOutput`: output and message are left out. */
  readonly isSecure?: true;
}

/** A run that executes another pipeline. */
export interface ParentRun {
  readonly runId: string;
  readonly pipeline: string;
  /** The run that all began with. */
  readonly groupId: string;
}

export interface PipelineRun {
  readonly runId: string;
  readonly pipeline: string;
  /** Name of the trigger or of the pipeline that executed it, or `manual`. */
  readonly invokedBy: string;
  readonly parameters: Readonly<Record<string, Json>>;
  /** The run whose ExecutePipeline started this one. */
  readonly parent?: ParentRun;
  /** Its values are left out, as the ExecutePipeline that gave them says `secureInput`. */
  readonly hasSecureParameters?: true;
  readonly status: "Succeeded" | "Failed" | "Cancelled";
  readonly start: string;
  readonly end: string;
  /** In the order in which they started, activities inside others included; those inside a loop once for each time. */
  readonly activities: readonly ActivityRun[];
}

const jsonObject = z.record(z.string(), json);

const activityRun = z.object({
  name: z.string(),
  type: z.string(),
  status,
  start: z.string(),
  end: z.string(),
  attempts: z.int(),
  output: jsonObject.exactOptional(),
  kept: z.literal(true).exactOptional(),
  error: z.string().exactOptional(),
  errorCode: z.string().exactOptional(),
  failureType: z.enum(["UserError", "SystemError"]).exactOptional(),
  target: z.string().exactOptional(),
  isSecure: z.literal(true).exactOptional(),
});

const pipelineRun: z.ZodType<PipelineRun> = z.object({
  runId: z.string(),
  pipeline: z.string(),
  invokedBy: z.string(),
  parameters: jsonObject,
  parent: z.object({ runId: z.string(), pipeline: z.string(), groupId: z.string() }).exactOptional(),
  hasSecureParameters: z.literal(true).exactOptional(),
  status: status.exclude(["Skipped"]),
  start: z.string(),
  end: z.string(),
  activities: z.array(activityRun),
});

/** The runs that ended, in order. */
export interface RunHistory {
  readonly runs: readonly PipelineRun[];
  add(run: PipelineRun): void;
}

/** Runs that are gone with the process. */
export class MemoryHistory implements RunHistory {
  readonly runs: PipelineRun[] = [];

  add(run: PipelineRun): void {
    this.runs.push(run);
  }
}

/** Runs kept as JSON lines in a file, which need not exist. Throws a `FactoryError` where it holds something else. */
export class FileHistory implements RunHistory {
  private readonly ended: PipelineRun[];

  constructor(private readonly file: string) {
    this.ended = existsSync(file) ? [...readRuns(file)] : [];
    // A kill may have left half a line: the file is written anew before anything is appended.
    writeFileAtomically(file, this.ended.map(toLine).join(""));
  }

  get runs(): readonly PipelineRun[] {
    return this.ended;
  }

  add(run: PipelineRun): void {
    appendFileSync(this.file, toLine(run));
    this.ended.push(run);
  }
}

function toLine(run: PipelineRun): string {
  return `${JSON.stringify(run)}\n`;
}

/** How each line begins; a kill may have left less of the last one. */
const BEGINNING = '{"runId":';

/** The runs in a file, which may be added to meanwhile. Throws a `FactoryError` where it holds something else. */
export function readRuns(file: string): readonly PipelineRun[] {
  const text = readFileSync(file, "utf8");
  if (!text.startsWith(BEGINNING) && !BEGINNING.startsWith(text))
    throw new FactoryError(`${file} is no history of runs`);
  const complete = text.split("\n").slice(0, -1);
  return complete.map((line, index) => {
    try {
      return pipelineRun.parse(JSON.parse(line));
    } catch {
      throw new FactoryError(`${file}: line ${index + 1} is no pipeline run`);
    }
  });
}
