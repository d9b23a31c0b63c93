import type { ContainerClient } from "@azure/storage-blob";
import { setTimeout as sleep } from "node:timers/promises";
import { INCOMING } from "../../contract/lake";
import { PIPELINES } from "../../contract/names";
import { UserError } from "../../command-line/user-error";
import { land } from "../../local/storage/landing/landing";
import type { LandingFile, SplitData } from "../../local/storage/landing/split";
import { isUnended, type PipelineRuns } from "../pipeline-runs";
import type { Patience } from "../wait";

export interface LandProps {
  readonly landing: ContainerClient;
  readonly files: SplitData;
  /** Where the files are. */
  readonly folder: string;
  readonly runs: Pick<PipelineRuns, "of" | "start" | "ended">;
  /** How long a run may take to begin, and to end. */
  readonly patience: Patience;
}

/** Lands the history and trains on it, then each delivery, and waits until a run that began afterwards has scored it. What is there already is left alone. */
export async function landPlant(props: LandProps): Promise<void> {
  const { files, runs, patience } = props;
  if ((await upload(props, files.history, "the history")) > 0)
    await succeed(props, await runs.start(PIPELINES.training));
  for (const [index, delivery] of files.deliveries.entries()) {
    const before = new Set((await runs.of(PIPELINES.scoring)).filter((run) => !isUnended(run)).map(({ id }) => id));
    const name = `delivery ${index + 1} of ${files.deliveries.length}`;
    if ((await upload(props, delivery, name)) > 0) await succeed(props, await nextRun(runs, before, patience));
  }
}

async function upload({ landing, folder }: LandProps, files: readonly LandingFile[], name: string): Promise<number> {
  const fresh = await land(landing, { container: landing.containerName, folder: INCOMING }, files, folder);
  console.log(fresh > 0 ? `${name}: ${fresh} files have landed` : `${name}: was there already`);
  return fresh;
}

async function succeed({ runs, patience }: LandProps, id: string): Promise<void> {
  const { pipeline, status, message } = await runs.ended(id, patience);
  if (status !== "Succeeded") throw new UserError(`${pipeline} ${id} is ${status}: ${message}`);
}

/** The last run of scoring that the events have led to, once there is one. */
async function nextRun(
  runs: LandProps["runs"],
  before: ReadonlySet<string>,
  { timeout, interval }: Patience,
): Promise<string> {
  for (const end = Date.now() + timeout; ; await sleep(interval)) {
    const started = (await runs.of(PIPELINES.scoring)).filter(({ id }) => !before.has(id));
    if (started.length > 0) return started.at(-1)!.id;
    if (Date.now() >= end)
      throw new UserError(
        `no run of ${PIPELINES.scoring} began in ${timeout / 60_000} minutes after the blobs landed: npm run triggers -- status`,
      );
  }
}
