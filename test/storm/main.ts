// A storm of blobs on real Spark and Azurite: by the synthesized pipelines, then by the same pipelines where each blob starts scoring itself,
// which is the control. Takes some minutes, so it is no part of `npm test`.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BlobServiceClient } from "@azure/storage-blob";
import { readHistory, type PipelineRun } from "adf-local";
import { ingestExit, scoringExit } from "../../contract/exits";
import { CONNECTION_STRING } from "../../local/storage/azurite";
import { localExit } from "../../operations/local-exit";
import { start } from "../local/fixtures/job";
import { repository } from "../repository";

const BLOBS = 1000;
const SECONDS = 20;
const MACHINES = 20;
/** Of the plant, which ends when they have passed. */
const DAYS = 61;
const FIRST = Date.UTC(2015, 0, 1 + DAYS, 6);
/** By when all must be scored, after the last has landed. */
const LIMIT_SECONDS = 180;
const HOUR = 3_600_000;

interface Storm {
  readonly runs: number;
  readonly rows: number;
  /** From the landing of the first blob to the end of the run that scored the last, or nothing where some are left. */
  readonly seconds?: number;
  /** Events that found no place in the queue of runs. */
  readonly refused: number;
  /** 95 % of the files waited this long or less, in seconds, by the run of which it was longest. */
  readonly p95: number;
}

/** One row each, of another machine and hour. */
async function land(): Promise<void> {
  const landing = BlobServiceClient.fromConnectionString(CONNECTION_STRING).getContainerClient("landing");
  const begin = performance.now();
  for (let number = 0; number < BLOBS; number += 1) {
    await sleep(Math.max(0, begin + (number / BLOBS) * SECONDS * 1000 - performance.now()));
    const time = new Date(FIRST + Math.floor(number / MACHINES) * HOUR).toISOString().slice(0, 19).replace("T", " ");
    const row = `${time},${1 + (number % MACHINES)},170,450,100,40`;
    const content = `datetime,machineID,volt,rotate,pressure,vibration\n${row}\n`;
    await landing.getBlockBlobClient(`incoming/telemetry/storm/${number}.csv`).upload(content, content.length);
  }
}

const rowsOf = ({ activities }: PipelineRun): number =>
  ingestExit.safeParse(localExit(activities, "ingest").exit).data?.rows ?? 0;
const p95Of = ({ activities }: PipelineRun): number =>
  scoringExit.safeParse(localExit(activities, "scoring").exit).data?.freshness_p95_seconds ?? 0;
const sum = (runs: readonly PipelineRun[]): number => runs.reduce((rows, run) => rows + rowsOf(run), 0);

/** By the pipelines of `cdktfOut`, the control, or else by those that are synthesized now. */
async function storm(title: string, cdktfOut?: string): Promise<Storm> {
  console.log(`${title}: a plant is simulated and trained`);
  const out = mkdtempSync(join(tmpdir(), "storm-"));
  const plant = ["--machines", String(MACHINES), "--days", String(DAYS)];
  const job = start(...plant, "--out", out, "--watch", ...(cdktfOut === undefined ? [] : ["--cdktf-out", cdktfOut]));
  await job.shows("Watching");
  const history = (): readonly PipelineRun[] =>
    readHistory(join(out, "state", "runs.jsonl")).runs.filter(({ pipeline }) => pipeline === "scoring");
  const before = history().length;
  const begin = Date.now();
  console.log(`${title}: ${BLOBS} blobs land in ${SECONDS} s`);
  await land();
  const limit = Date.now() + LIMIT_SECONDS * 1000;
  while (sum(history().slice(before)) < BLOBS && Date.now() < limit) await sleep(1000);
  if (cdktfOut !== undefined) await sleep(limit - Date.now()); // the queue of the control is far from empty
  job.process.kill("SIGINT");
  await job.exited;
  const runs = history().slice(before);
  const rows = sum(runs);
  const ends = runs.filter((run) => rowsOf(run) > 0).map(({ end }) => Date.parse(end));
  const refused = [...job.text.matchAll(/(\d+) events wait because/g)].map(([, count]) => Number(count));
  rmSync(out, { recursive: true, force: true });
  return {
    runs: runs.length,
    rows,
    ...(rows === BLOBS && { seconds: (Math.max(...ends) - begin) / 1000 }),
    refused: Math.max(0, ...refused),
    p95: Math.max(0, ...runs.map(p95Of)),
  };
}

interface StackOfTrigger {
  readonly resource: {
    readonly azurerm_data_factory_trigger_blob_event: {
      readonly pipelines_new_blobs: { pipeline: readonly { readonly name: string }[] };
    };
  };
}

/** A copy of the synthesized folder whose blobs start scoring themselves, as before decision 12. */
function withoutDoorbell(cdktfOut: string): string {
  const copy = mkdtempSync(join(tmpdir(), "storm-control-"));
  cpSync(cdktfOut, copy, { recursive: true });
  const file = join(copy, "stacks", "dev-data-factory", "cdk.tf.json");
  const stack = JSON.parse(readFileSync(file, "utf8")) as StackOfTrigger;
  stack.resource.azurerm_data_factory_trigger_blob_event.pipelines_new_blobs.pipeline = [{ name: "scoring" }];
  writeFileSync(file, JSON.stringify(stack));
  return copy;
}

async function main(): Promise<number> {
  const here = await storm("storm");
  const copy = withoutDoorbell(join(repository, "cdktf.out"));
  const control = await storm("control", copy);
  rmSync(copy, { recursive: true });
  console.table({ storm: here, control });
  const problems = [
    here.seconds === undefined && `${BLOBS - here.rows} rows were not scored within ${LIMIT_SECONDS} s`,
    here.runs > 3 && `${here.runs} runs of scoring; allowed: 3`,
    here.refused > 0 && `${here.refused} events were refused`,
    control.runs <= 3 && `the control had ${control.runs} runs only: this storm shows nothing`,
    control.refused === 0 && "the control refused no event: this storm shows nothing",
  ].filter((problem) => problem !== false);
  problems.forEach((problem) => console.error(problem));
  return problems.length > 0 ? 1 : 0;
}

void main().then((code) => (process.exitCode = code));
