import { setTimeout as sleep } from "node:timers/promises";
import { type BlobEvents, type PipelineRun, Schedules, TumblingWindows } from "adf-local";
import { messageOf } from "../../command-line/message";
import type { Progress } from "../command/progress";
import type { Platform } from "./platform";
import type { Refresh } from "./refresh";

/** How often the storage account is listed. */
const POLL_MILLISECONDS = 1_000;

/** Lets the triggers work until the signal comes; the results are refreshed after each run that scored, and when no run is left. */
export async function watch(
  { factory }: Pick<Platform, "factory">,
  events: BlobEvents,
  refresh: Refresh,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  let active = 0;
  const follow = (started: Promise<readonly PipelineRun[]>): void => {
    active += 1;
    void started
      .then((runs) => runs.forEach((run) => refresh.after(run)))
      .catch((error: unknown) => {
        if (!signal.aborted) progress.say(`  ✗ ${messageOf(error)}`);
      })
      .then(() => (active -= 1));
  };
  const onRun = (run: Promise<PipelineRun>): void => follow(run.then((one) => [one]));
  const timed = [new Schedules(factory, onRun), new TumblingWindows(factory, onRun)];
  timed.forEach((triggers) => triggers.start());
  try {
    while (!signal.aborted) {
      const held = events.held;
      (await events.poll()).forEach(({ runs }) => follow(runs));
      if (events.held > held) sayHeld(events, progress);
      if (active === 0) await refresh.finish();
      await sleep(POLL_MILLISECONDS, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    timed.forEach((triggers) => triggers.stop());
  }
}

/** Tells that events wait, where they do. */
export function sayHeld({ held }: BlobEvents, progress: Progress): void {
  if (held > 0)
    progress.say(`  ${held} events wait because the queue of runs is full; they are raised when there is room`);
}
