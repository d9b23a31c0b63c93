import type { ContainerClient } from "@azure/storage-blob";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { UserError } from "../../command-line/user-error";
import type { PipelineRuns, Run } from "../pipeline-runs";
import type { Patience } from "../wait";
import { knownPlant } from "./known-plant";
import { differences, prediction, type Prediction } from "./predictions";

export interface VerifyProps {
  /** The container that only verifications write to. */
  readonly container: ContainerClient;
  readonly runs: PipelineRuns;
  /** What was predicted of the known plant when its expectations were written. */
  readonly expected: readonly Prediction[];
  /** How long the event may take to start the run. */
  readonly event: Patience;
  /** How long a run may take. */
  readonly run: Patience;
}

/** Of the trigger and of the pipeline that it starts. */
const VERIFICATION = "verification";

/** The activity whose notebook tells what was predicted. */
const REPORT = "report";

/** Differences that are told. */
const MOST = 10;

const exit = z.object({ predictions: z.array(prediction) });

/**
 * Drops the known plant as blobs, waits for the run that their event starts, and compares what it predicts with what is expected. Whatever
 * happens, the blobs are gone afterwards, and so are other runs that the same event has started; the pipeline itself clears its tables.
 * Throws `UserError` with the first differences.
 */
export async function verify(props: VerifyProps): Promise<void> {
  const { container, runs, expected } = props;
  await empty(container);
  try {
    const since = await drop(container);
    const id = await startedRun(props, since);
    const run = await runs.ended(id, props.run);
    const { exit: output, error } = await runs.exitOf(id, REPORT);
    if (run.status !== "Succeeded")
      throw new UserError(`${VERIFICATION} ${id} is ${run.status}: ${error ?? run.message}`);
    const found = differences(expected, exit.parse(output).predictions);
    if (found.length > 0)
      throw new UserError(
        [`${VERIFICATION} ${id} predicts ${found.length} windows otherwise:`, ...found.slice(0, MOST)].join("\n  "),
      );
    console.log(`${VERIFICATION} ${id}: ${expected.length} windows are predicted as expected`);
  } finally {
    for (const { id, pipeline } of await runs.unended()) if (pipeline === VERIFICATION) await runs.cancel(id);
    await empty(container);
  }
}

/** Waits for the last run of a pipeline. Throws `UserError` unless it has succeeded; where there is none there is nothing to say. */
export async function requireSuccess(runs: PipelineRuns, pipeline: string, patience: Patience): Promise<void> {
  const last = await runs.last(pipeline);
  if (last === undefined) return;
  const { status, id, message } = await runs.ended(last.id, patience);
  if (status !== "Succeeded") throw new UserError(`the last run of ${pipeline}, ${id}, is ${status}: ${message}`);
}

/** Lands all tables, telemetry last, because it rings; returns when that was by the clock of the storage. */
async function drop(container: ContainerClient): Promise<Date> {
  let last = new Date(0);
  for (const [table, content] of Object.entries(knownPlant())) {
    const blob = container.getBlockBlobClient(`incoming/${table}/known/PdM_${table}.csv`);
    last = (await blob.upload(content, Buffer.byteLength(content))).lastModified!;
  }
  console.log(`the known plant has landed in ${container.containerName}`);
  return last;
}

async function startedRun({ runs, event: { timeout, interval } }: VerifyProps, since: Date): Promise<string> {
  for (const end = Date.now() + timeout; ; await sleep(interval)) {
    const [run]: readonly Run[] = await runs.startedBy(VERIFICATION, VERIFICATION, since);
    if (run !== undefined) return run.id;
    if (Date.now() >= end)
      throw new UserError(
        `no event has started ${VERIFICATION} in ${timeout / 60_000} minutes after its blobs landed: npm run triggers -- status`,
      );
  }
}

async function empty(container: ContainerClient): Promise<void> {
  const names: string[] = [];
  for await (const { name } of container.listBlobsFlat()) names.push(name);
  // A hierarchical namespace lists folders too, each before what is in it.
  for (const name of names.reverse()) await container.deleteBlob(name);
}
