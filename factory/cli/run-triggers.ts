import type { Factory } from "../factory";
import type { PipelineRun } from "../runs/records";
import { Schedules } from "../triggers/schedules";
import { TumblingWindows } from "../triggers/tumbling-windows";
import type { ExitCode, Output } from "./main";

/** Runs what the schedules and the windows of a factory start until a time, then waits for the runs that have begun. */
export async function runTriggers(factory: Factory, until: Date, { out, err }: Output): Promise<ExitCode> {
  const runs: Promise<PipelineRun>[] = [];
  const keep = (run: Promise<PipelineRun>): void => {
    run.catch((error: unknown) => err(error instanceof Error ? error.message : String(error)));
    runs.push(run);
  };
  const triggers = [new Schedules(factory, keep), new TumblingWindows(factory, keep)];
  const end = factory.clock.sleep(until.getTime() - factory.clock.now().getTime());
  triggers.forEach((trigger) => trigger.start());
  await end;
  triggers.forEach((trigger) => trigger.stop());
  const ended = await Promise.allSettled(runs);
  const good = ended.filter((run) => run.status === "fulfilled" && run.value.status === "Succeeded").length;
  out(`${ended.length} runs, ${good} succeeded`);
  return good === ended.length ? 0 : 1;
}
