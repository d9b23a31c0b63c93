import type { Factory } from "../factory";
import type { JsonObject } from "../json";
import type { PipelineRun } from "../runs/records";
import type { ScheduleTrigger, TriggeredPipeline } from "./trigger-source";
import { triggerParameters } from "./parameters";
import { nextOccurrence, startOf } from "./recurrence";

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

  private fire({ name, properties }: ScheduleTrigger, scheduledTime: Date): void {
    const { clock } = this.factory;
    const values = { name, scheduledTime: scheduledTime.toISOString(), startTime: clock.now().toISOString() };
    for (const pipeline of properties.pipelines) this.onRun(this.run(name, pipeline, values));
  }

  /** Rejects where the trigger's parameters cannot be evaluated. */
  private async run(name: string, pipeline: TriggeredPipeline, values: JsonObject): Promise<PipelineRun> {
    const parameters = triggerParameters(pipeline, values, null, this.factory.clock);
    return this.factory.run(pipeline.pipelineReference.referenceName, parameters, name);
  }
}
