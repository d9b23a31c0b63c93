import type { Factory } from "../factory";
import type { PipelineRun } from "../runs/records";
import { Schedules } from "./schedules";
import { TumblingWindows } from "./tumbling-windows";

/**
 * Runs what the schedules and the windows of a factory start from now until a time of its clock, then waits for the runs that have begun.
 * Resolves with what became of each; a run that could not begin is an error.
 */
export async function runUntil(factory: Factory, until: Date): Promise<readonly PromiseSettledResult<PipelineRun>[]> {
  const runs: Promise<PipelineRun>[] = [];
  const keep = (run: Promise<PipelineRun>): void => {
    run.catch(() => undefined);
    runs.push(run);
  };
  const triggers = [new Schedules(factory, keep), new TumblingWindows(factory, keep)];
  const end = factory.clock.sleep(until.getTime() - factory.clock.now().getTime());
  triggers.forEach((trigger) => trigger.start());
  await end;
  triggers.forEach((trigger) => trigger.stop());
  return Promise.allSettled(runs);
}
