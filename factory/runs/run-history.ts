import { appendFileSync, existsSync, readFileSync, truncateSync } from "node:fs";
import { FactoryError } from "../factory-error";
import { type PipelineRun, readRecord, type TriggerRun } from "./records";

/** The runs that ended and what triggers started, each in order. Nothing of it is changed or removed. */
export interface RunHistory {
  readonly runs: readonly PipelineRun[];
  readonly triggerRuns: readonly TriggerRun[];
  add(run: PipelineRun): void;
  addTriggerRun(run: TriggerRun): void;
}

/** Runs that are gone with the process. */
export class MemoryHistory implements RunHistory {
  readonly runs: PipelineRun[] = [];
  readonly triggerRuns: TriggerRun[] = [];

  add(run: PipelineRun): void {
    this.runs.push(run);
  }

  addTriggerRun(run: TriggerRun): void {
    this.triggerRuns.push(run);
  }
}

/** Runs kept as JSON lines in a file, which need not exist and is only appended to. Throws a `FactoryError` where it holds something else. */
export class FileHistory implements RunHistory {
  private readonly kept = new MemoryHistory();

  constructor(private readonly file: string) {
    if (!existsSync(file)) return;
    const { runs, triggerRuns, bytes } = read(file);
    runs.forEach((run) => this.kept.add(run));
    triggerRuns.forEach((run) => this.kept.addTriggerRun(run));
    // A kill may have left half a line, behind which nothing can be appended.
    truncateSync(file, bytes);
  }

  get runs(): readonly PipelineRun[] {
    return this.kept.runs;
  }

  get triggerRuns(): readonly TriggerRun[] {
    return this.kept.triggerRuns;
  }

  add(run: PipelineRun): void {
    this.append(run);
    this.kept.add(run);
  }

  addTriggerRun(run: TriggerRun): void {
    this.append(run);
    this.kept.addTriggerRun(run);
  }

  private append(run: PipelineRun | TriggerRun): void {
    appendFileSync(this.file, `${JSON.stringify(run)}\n`);
  }
}

/** What a file holds, which may be added to meanwhile. */
export type HistoryContent = Pick<RunHistory, "runs" | "triggerRuns">;

/** The history in a file; the file stays as it is. Throws a `FactoryError` where it holds something else. */
export function readHistory(file: string): HistoryContent {
  return read(file);
}

/** How lines begin; a kill may have left less of the last one. */
const BEGINNINGS = ['{"runId":', '{"triggerRunId":'];

function read(file: string): HistoryContent & { readonly bytes: number } {
  const text = readFileSync(file, "utf8");
  if (!BEGINNINGS.some((beginning) => text.startsWith(beginning) || beginning.startsWith(text)))
    throw new FactoryError(`${file} is no history of runs`);
  const complete = text.slice(0, text.lastIndexOf("\n") + 1);
  const runs: PipelineRun[] = [];
  const triggerRuns: TriggerRun[] = [];
  for (const [index, line] of complete.split("\n").slice(0, -1).entries()) {
    const record = readRecord(line);
    if (record === undefined) throw new FactoryError(`${file}: line ${index + 1} is no run of a pipeline or a trigger`);
    if ("triggerRunId" in record) triggerRuns.push(record);
    else runs.push(record);
  }
  return { runs, triggerRuns, bytes: Buffer.byteLength(complete) };
}
