import type { ContainerClient } from "@azure/storage-blob";
import { setTimeout as sleep } from "node:timers/promises";
import { verificationExit } from "../../contract/exits";
import { INCOMING } from "../../contract/lake";
import { KNOWN_PLANT_TRIGGER, PIPELINES, REPORT_ACTIVITY } from "../../contract/names";
import { UserError } from "../../command-line/user-error";
import type { PipelineRuns } from "../pipeline-runs";
import type { Patience } from "../wait";
import { differences, type Prediction } from "./predictions";

/** The runs of a factory, as far as a verification needs them: of a deployed one, or of the one on this machine. */
export type VerifiedRuns = Pick<PipelineRuns, "startedBy" | "ended" | "exitOf" | "unended" | "cancel">;

export interface VerifyProps {
  /** The files of the known plant by the tables that they are of, telemetry, which rings, the last one. */
  readonly plant: Readonly<Record<string, string>>;
  /** The container that only verifications write to. */
  readonly container: ContainerClient;
  readonly runs: VerifiedRuns;
  /** How long the event may take to start the run. */
  readonly event: Patience;
  /** How long a run may take. */
  readonly run: Patience;
}

const VERIFICATION = PIPELINES.verification;

/** Differences that are told. */
const MOST = 10;

/**
 * Drops the known plant as blobs, waits for the run that their event starts, and returns what it predicts. Whatever happens, the blobs are gone
 * afterwards, and so are other runs that the same event has started; the pipeline itself clears its tables. Throws `UserError` where it does
 * not succeed.
 */
export async function predictKnownPlant(props: VerifyProps): Promise<readonly Prediction[]> {
  const { container, runs } = props;
  await empty(container);
  try {
    // By their ids, because clocks differ.
    const before = await runs.startedBy(KNOWN_PLANT_TRIGGER, VERIFICATION);
    await drop(props);
    const id = await startedRun(props, new Set(before.map((run) => run.id)));
    const run = await runs.ended(id, props.run);
    const { exit: output, error } = await runs.exitOf(id, REPORT_ACTIVITY);
    if (run.status !== "Succeeded")
      throw new UserError(`${VERIFICATION} ${id} is ${run.status}: ${error ?? run.message}`);
    return verificationExit.pick({ predictions: true }).parse(output).predictions;
  } finally {
    for (const { id, pipeline } of await runs.unended()) if (pipeline === VERIFICATION) await runs.cancel(id);
    await empty(container);
  }
}

/** Throws `UserError` with the first differences unless all windows of the known plant are predicted as expected. */
export function requireExpected(expected: readonly Prediction[], predictions: readonly Prediction[]): void {
  const found = differences(expected, predictions);
  if (found.length > 0)
    throw new UserError(
      [`${found.length} windows of the known plant have unexpected predictions:`, ...found.slice(0, MOST)].join("\n  "),
    );
  console.log(`all ${expected.length} windows of the known plant are predicted as expected`);
}

/** Waits for the last run of a pipeline. Throws `UserError` unless it has succeeded; where there is none there is nothing to say. */
export async function requireSuccess(runs: PipelineRuns, pipeline: string, patience: Patience): Promise<void> {
  const last = await runs.last(pipeline);
  if (last === undefined) return;
  const { status, id, message } = await runs.ended(last.id, patience);
  if (status !== "Succeeded") throw new UserError(`the last run of ${pipeline}, ${id}, is ${status}: ${message}`);
}

/** Lands all tables, telemetry last, because it rings. */
async function drop({ container, plant }: VerifyProps): Promise<void> {
  for (const [table, content] of Object.entries(plant)) {
    const blob = container.getBlockBlobClient(`${INCOMING}/${table}/known/PdM_${table}.csv`);
    await blob.upload(content, Buffer.byteLength(content));
  }
  console.log(`the known plant has landed in ${container.containerName}`);
}

async function startedRun(
  { runs, event: { timeout, interval } }: VerifyProps,
  before: ReadonlySet<string>,
): Promise<string> {
  for (const end = Date.now() + timeout; ; await sleep(interval)) {
    const run = (await runs.startedBy(KNOWN_PLANT_TRIGGER, VERIFICATION)).find(({ id }) => !before.has(id));
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
