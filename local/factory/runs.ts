import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { writeFileAtomically } from "../atomic-file";
import type { Json, JsonObject } from "./json";

export type ActivityStatus = "Succeeded" | "Failed" | "Skipped" | "Cancelled";

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
}

export interface PipelineRun {
  readonly runId: string;
  readonly pipeline: string;
  /** Name of the trigger, or `manual`. */
  readonly invokedBy: string;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly status: "Succeeded" | "Failed" | "Cancelled";
  readonly start: string;
  readonly end: string;
  /** In the order in which they started, activities inside an IfCondition included. */
  readonly activities: readonly ActivityRun[];
}

/** The runs that ended, in order, kept as JSON lines. */
export class RunHistory {
  private readonly ended: PipelineRun[];

  constructor(private readonly file: string) {
    this.ended = existsSync(file) ? readLines(file) : [];
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

function readLines(file: string): PipelineRun[] {
  const complete = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return complete.map((line) => JSON.parse(line) as PipelineRun);
}
