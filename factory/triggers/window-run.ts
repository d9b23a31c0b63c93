import type { Factory } from "../factory";
import type { PipelineRun } from "../runs/records";
import { fire } from "./fire";
import type { TumblingWindowTrigger } from "./trigger-source";
import type { Window } from "./windows";

/** How soon a factory that takes no more runs is asked again, in milliseconds. */
const PATIENCE = 1_000;

export interface WindowRunProps {
  readonly factory: Factory;
  /** Told of each run that starts. */
  readonly onRun: (run: Promise<PipelineRun>) => void;
  readonly trigger: TumblingWindowTrigger;
  readonly window: Window;
  /** How often it has failed before. */
  readonly failures: number;
  readonly signal: AbortSignal;
}

/** Runs a window, and again as often as its trigger's retry policy says. */
export async function runWindow(props: WindowRunProps): Promise<PipelineRun["status"]> {
  const { factory, trigger, failures, signal } = props;
  const { count, intervalInSeconds } = trigger.properties.typeProperties.retryPolicy;
  for (let left = count - failures; ; left -= 1) {
    const status = await runOnce(props);
    if (status !== "Failed" || left <= 0) return status;
    await factory.clock.sleep(intervalInSeconds * 1000, signal);
  }
}

async function runOnce({ factory, onRun, trigger, window, signal }: WindowRunProps): Promise<PipelineRun["status"]> {
  const names = trigger.properties.pipelines.map(({ pipelineReference }) => pipelineReference.referenceName);
  while (!factory.takes(names)) await factory.clock.sleep(PATIENCE, signal);
  const outputs = { windowStartTime: iso(window.start), windowEndTime: iso(window.end) };
  const scheduledTime = iso(window.end);
  const [run] = fire(factory, trigger, {
    values: { scheduledTime, outputs },
    properties: { ScheduleTime: scheduledTime, ...outputs },
  });
  if (run === undefined) return "Succeeded";
  onRun(run.ended);
  return run.ended.then(
    ({ status }) => status,
    () => "Failed" as const,
  );
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}
