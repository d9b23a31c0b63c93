import type { Factory } from "../factory";
import { findName } from "../json";
import { Places } from "../places";
import type { PipelineRun } from "../runs/records";
import { fire } from "./fire";
import { type PastWindow, pastWindows } from "./past-windows";
import { Changes } from "./changes";
import { dependedOn, type Window, WindowSeries } from "./windows";
import type { TumblingWindowTrigger } from "./trigger-source";

/** How soon a factory that takes no more runs is asked again, in milliseconds. */
const PATIENCE = 1_000;
/** How long a window waits for those that it depends on: seven days. */
const LONGEST_WAIT = 7 * 86_400_000;
/** Windows of a trigger that may wait at the same time; later ones are looked at when there are fewer. */
const MOST_WAITING = 1_000;

export type WindowStatus = "Waiting" | "Running" | PipelineRun["status"];

/** What became of a window. Times are ISO 8601 in UTC. */
export interface WindowRun {
  readonly trigger: string;
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly status: WindowStatus;
}

interface Followed {
  readonly trigger: TumblingWindowTrigger;
  readonly series: WindowSeries;
  readonly places: Places;
  readonly windows: Map<number, WindowRun>;
  readonly past: ReadonlyMap<number, PastWindow>;
}

/**
 * Starts pipelines for the windows of the tumbling window triggers, those that are past first, by the clock of their factory. Those that
 * ended in the factory's history are not run again.
 */
export class TumblingWindows {
  private readonly stopping = new AbortController();
  private readonly changes = new Changes();
  private readonly followed: readonly Followed[];

  constructor(
    private readonly factory: Factory,
    /** Told of each run that starts. */
    private readonly onRun: (run: Promise<PipelineRun>) => void,
  ) {
    this.followed = factory.definition.tumblingWindowTriggers
      .filter(({ properties }) => properties.runtimeState === "Started")
      .map((trigger) => ({
        trigger,
        series: new WindowSeries(trigger.properties.typeProperties),
        places: new Places(trigger.properties.typeProperties.maxConcurrency),
        windows: new Map(),
        past: pastWindows(factory.history, trigger),
      }));
  }

  /** The windows that are due so far, of each trigger in their order. */
  get windows(): readonly WindowRun[] {
    return this.followed.flatMap(({ windows }) => [...windows.values()]);
  }

  start(): void {
    // Stopping ends the waits; nothing else does.
    for (const followed of this.followed) void this.follow(followed).catch(() => undefined);
  }

  stop(): void {
    this.stopping.abort();
  }

  private async follow(followed: Followed): Promise<void> {
    const { clock } = this.factory;
    const { signal } = this.stopping;
    const { delay } = followed.trigger.properties.typeProperties;
    let waiting = 0;
    for (let index = 0; ; index += 1) {
      const window = followed.series.at(index);
      if (window === undefined) return;
      const early = window.end + delay - clock.now().getTime();
      if (early > 0) await clock.sleep(early, signal);
      while (waiting >= MOST_WAITING) await this.changes.next(signal);
      signal.throwIfAborted();
      waiting += 1;
      void this.process(followed, window)
        .catch(() => undefined)
        .then(() => (waiting -= 1));
    }
  }

  private async process(followed: Followed, window: Window): Promise<void> {
    const past = followed.past.get(window.start);
    if (past?.status !== undefined) return this.mark(followed, window, past.status);
    this.mark(followed, window, "Waiting");
    if (!(await this.isReady(followed, window))) return this.mark(followed, window, "Failed");
    await followed.places.enter(this.stopping.signal);
    try {
      this.stopping.signal.throwIfAborted();
      this.mark(followed, window, "Running");
      this.mark(followed, window, await this.runWithRetries(followed.trigger, window, past?.failures));
    } finally {
      followed.places.leave();
    }
  }

  /** Waits for what a window depends on; false where that has not succeeded after seven days. */
  private async isReady(followed: Followed, window: Window): Promise<boolean> {
    if (this.isMet(followed, window)) return true;
    const { clock } = this.factory;
    const deadline = clock.now().getTime() + LONGEST_WAIT;
    const ended = new AbortController();
    const { signal } = this.stopping;
    const late = clock.sleep(LONGEST_WAIT, AbortSignal.any([signal, ended.signal]));
    late.catch(() => undefined);
    try {
      while (!this.isMet(followed, window)) {
        if (clock.now().getTime() >= deadline) return false;
        await Promise.race([this.changes.next(signal), late]);
      }
      return true;
    } finally {
      ended.abort();
    }
  }

  /** Whether all windows that a window depends on have succeeded. Before a trigger's start and behind its end there is none. */
  private isMet(followed: Followed, window: Window): boolean {
    return followed.trigger.properties.typeProperties.dependsOn.every((dependency) => {
      const reference = dependency.referenceTrigger?.referenceName;
      const other = reference === undefined ? followed : this.find(reference);
      if (other === undefined) return false;
      return other.series
        .overlapping(dependedOn(dependency, window))
        .every(({ start }) => other.windows.get(start)?.status === "Succeeded");
    });
  }

  private find(name: string): Followed | undefined {
    return this.followed.find(({ trigger }) => findName([trigger.name], name) !== undefined);
  }

  private async runWithRetries(
    trigger: TumblingWindowTrigger,
    window: Window,
    failures = 0,
  ): Promise<PipelineRun["status"]> {
    const { count, intervalInSeconds } = trigger.properties.typeProperties.retryPolicy;
    for (let left = count - failures; ; left -= 1) {
      const status = await this.runOnce(trigger, window);
      if (status !== "Failed" || left <= 0) return status;
      await this.factory.clock.sleep(intervalInSeconds * 1000, this.stopping.signal);
    }
  }

  private async runOnce(trigger: TumblingWindowTrigger, window: Window): Promise<PipelineRun["status"]> {
    const { factory } = this;
    const names = trigger.properties.pipelines.map(({ pipelineReference }) => pipelineReference.referenceName);
    while (!factory.takes(names)) await factory.clock.sleep(PATIENCE, this.stopping.signal);
    const outputs = { windowStartTime: iso(window.start), windowEndTime: iso(window.end) };
    const scheduledTime = iso(window.end);
    const [run] = fire(factory, trigger, {
      values: { scheduledTime, outputs },
      properties: { ScheduleTime: scheduledTime, ...outputs },
    });
    if (run === undefined) return "Succeeded";
    this.onRun(run.ended);
    return run.ended.then(
      ({ status }) => status,
      () => "Failed" as const,
    );
  }

  private mark({ trigger, windows }: Followed, { start, end }: Window, status: WindowStatus): void {
    windows.set(start, { trigger: trigger.name, windowStart: iso(start), windowEnd: iso(end), status });
    this.changes.tell();
  }
}

const iso = (time: number): string => new Date(time).toISOString();
