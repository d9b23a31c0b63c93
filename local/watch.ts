import { setTimeout as sleep } from "node:timers/promises";
import type { PipelineRun } from "./factory/runs";
import type { BlobEvents } from "./factory/triggers/blob-event";
import { Schedules } from "./factory/triggers/schedule";
import type { Platform } from "./platform";
import type { Progress } from "./progress";

/** How often the storage account is listed. */
const POLL_MILLISECONDS = 1_000;

/** Lets the triggers work until the signal comes; `refresh` is called whenever runs have ended and none is left. */
export async function watch(
  { blueprint, factory }: Platform,
  events: BlobEvents,
  refresh: () => Promise<void>,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  let active = 0;
  let ended = false;
  const follow = (runs: Promise<readonly PipelineRun[]>): void => {
    active += 1;
    void runs
      .catch((error: unknown) => progress.say(`  ✗ ${(error as Error).message}`))
      .then(() => {
        active -= 1;
        ended = true;
      });
  };
  const schedules = new Schedules(blueprint.synthesized.factory.scheduleTriggers, factory, (run) =>
    follow(run.then((one) => [one])),
  );
  schedules.start();
  try {
    while (!signal.aborted) {
      (await events.poll()).forEach(({ runs }) => follow(runs));
      if (ended && active === 0) {
        ended = false;
        await refresh();
      }
      await sleep(POLL_MILLISECONDS, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    schedules.stop();
  }
}
