import type { Factory } from "../factory";
import type { PipelineRun } from "../runs/records";
import { fire } from "./fire";
import { nextOccurrence, startOf } from "./recurrence";
import type { ScheduleTrigger } from "./trigger-source";

/** How soon a factory that takes no more runs is asked again, in milliseconds. */
const PATIENCE = 1_000;

/** Starts pipelines at the times of the schedule triggers, by the clock of their factory. */
export class Schedules {
  private readonly stopping = new AbortController();

  constructor(
    private readonly factory: Factory,
    /** Told of each run that starts. */
    private readonly onRun: (run: Promise<PipelineRun>) => void,
  ) {}

  start(): void {
    const now = this.factory.clock.now();
    for (const trigger of this.factory.definition.scheduleTriggers)
      if (trigger.properties.runtimeState === "Started")
        // Stopping ends the wait; nothing else does.
        void this.follow(trigger, now).catch(() => undefined);
  }

  stop(): void {
    this.stopping.abort();
  }

  /** Fires a trigger at each of its times until there is none left. */
  private async follow(trigger: ScheduleTrigger, created: Date): Promise<void> {
    const { clock } = this.factory;
    const { signal } = this.stopping;
    const { recurrence } = trigger.properties.typeProperties;
    const start = startOf(recurrence, created);
    let next = nextOccurrence(recurrence, start, created);
    while (next !== undefined) {
      await clock.sleep(next.getTime() - clock.now().getTime(), signal);
      const names = trigger.properties.pipelines.map(({ pipelineReference }) => pipelineReference.referenceName);
      while (!this.factory.takes(names)) await clock.sleep(PATIENCE, signal);
      this.fire(trigger, next);
      next = nextOccurrence(recurrence, start, next);
    }
  }

  private fire(trigger: ScheduleTrigger, planned: Date): void {
    const scheduledTime = planned.toISOString();
    const occasion = { values: { scheduledTime }, properties: { ScheduleTime: scheduledTime } };
    fire(this.factory, trigger, occasion).forEach(({ ended }) => this.onRun(ended));
  }
}
