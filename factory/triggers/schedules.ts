import type { Factory } from "../factory";
import type { PipelineRun } from "../runs/records";
import { fire } from "./fire";
import { nextOccurrence, startOf } from "./recurrence";
import type { ScheduleTrigger } from "./trigger-source";

/** How soon a factory that takes no more runs is asked again, in milliseconds. */
const PATIENCE = 1_000;

/** Starts pipelines at the times of the schedule triggers that are on, by the clock of their factory. */
export class Schedules {
  private readonly followed = new Map<string, AbortController>();
  private forget = (): void => undefined;

  constructor(
    private readonly factory: Factory,
    /** Told of each run that starts. */
    private readonly onRun: (run: Promise<PipelineRun>) => void,
  ) {}

  start(): void {
    this.forget = this.factory.triggers.onChange((name) => this.adapt(name));
    for (const { name } of this.factory.definition.scheduleTriggers) this.adapt(name);
  }

  stop(): void {
    this.forget();
    this.followed.forEach((stopping) => stopping.abort());
  }

  /** Follows a trigger that is on from now on, and leaves one that is off. */
  private adapt(name: string): void {
    const trigger = this.factory.definition.scheduleTriggers.find((schedule) => schedule.name === name);
    if (trigger === undefined) return;
    this.followed.get(name)?.abort();
    this.followed.delete(name);
    if (!this.factory.triggers.isStarted(name)) return;
    const stopping = new AbortController();
    this.followed.set(name, stopping);
    // Stopping ends the wait; nothing else does.
    void this.follow(trigger, this.factory.clock.now(), stopping.signal).catch(() => undefined);
  }

  /** Fires a trigger at each of its times until there is none left. */
  private async follow(trigger: ScheduleTrigger, created: Date, signal: AbortSignal): Promise<void> {
    const { clock } = this.factory;
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
