import type { ScheduleTriggerResource, TriggeredPipeline } from "../../terraform-resources";
import type { Factory } from "../factory";
import type { PipelineRun } from "../runs";
import { triggerParameters } from "./parameters";
import { nextOccurrence } from "./recurrence";

/** The longest delay that a timer of Node takes (24.8 days). */
const LONGEST_DELAY = 2 ** 31 - 1;

/** How soon a factory that takes no more runs is asked again. */
const PATIENCE = 1_000;

/** Starts pipelines at the times of the schedule triggers, by the clock of this machine. */
export class Schedules {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly triggers: readonly ScheduleTriggerResource[],
    private readonly factory: Factory,
    private readonly onRun: (run: Promise<PipelineRun>) => void,
  ) {}

  start(): void {
    const now = new Date();
    this.triggers.filter(({ activated }) => activated).forEach((trigger) => this.await(trigger, now, now));
  }

  stop(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
  }

  private await(trigger: ScheduleTriggerResource, created: Date, after: Date): void {
    const start = trigger.start_time === undefined ? created : new Date(trigger.start_time);
    const next = nextOccurrence(trigger, start, after);
    if (next === undefined) return;
    const delay = next.getTime() - Date.now();
    const timer = setTimeout(
      () => {
        if (delay > LONGEST_DELAY) return this.await(trigger, created, after);
        this.fireWhenTaken(trigger, next, () => this.await(trigger, created, next));
      },
      Math.min(Math.max(delay, 0), LONGEST_DELAY),
    );
    this.timers.set(trigger.name, timer);
  }

  private fireWhenTaken(trigger: ScheduleTriggerResource, scheduledTime: Date, then: () => void): void {
    if (this.factory.takes(trigger.pipeline.map(({ name }) => name))) {
      this.fire(trigger, scheduledTime);
      return then();
    }
    const again = setTimeout(() => this.fireWhenTaken(trigger, scheduledTime, then), PATIENCE);
    this.timers.set(trigger.name, again);
  }

  private fire(trigger: ScheduleTriggerResource, scheduledTime: Date): void {
    const values = {
      name: trigger.name,
      scheduledTime: scheduledTime.toISOString(),
      startTime: new Date().toISOString(),
    };
    const start = async (pipeline: TriggeredPipeline) =>
      this.factory.run(pipeline.name, triggerParameters(pipeline, values), trigger.name);
    trigger.pipeline.forEach((pipeline) => this.onRun(start(pipeline)));
  }
}
