import type { Factory } from "../factory";
import { findName } from "../json";
import { Places } from "../places";
import type { PipelineRun } from "../runs/records";
import { type PastWindow, pastWindows } from "./past-windows";
import { Changes } from "./changes";
import { dependedOn, type Window, WindowSeries } from "./windows";
import type { TumblingWindowTrigger } from "./trigger-source";
import { iso, runWindow } from "./window-run";

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
  /** Of now: a trigger that is started again has another one. */
  stopping: AbortController;
}

/**
 * Starts pipelines for the windows of the tumbling window triggers that are on, those that are past first, by the clock of their factory. Those that
 * ended in the factory's history are not run again.
 */
export class TumblingWindows {
  private readonly changes = new Changes();
  private readonly followed: Followed[] = [];
  private forget = (): void => undefined;

  constructor(
    private readonly factory: Factory,
    /** Told of each run that starts. */
    private readonly onRun: (run: Promise<PipelineRun>) => void,
  ) {}

  /** The windows that are due so far, of each trigger in their order. */
  get windows(): readonly WindowRun[] {
    return this.followed.flatMap(({ windows }) => [...windows.values()]);
  }

  start(): void {
    this.forget = this.factory.triggers.onChange((name) => this.adapt(name));
    for (const { name } of this.factory.definition.tumblingWindowTriggers) this.adapt(name);
  }

  stop(): void {
    this.forget();
    this.followed.forEach(({ stopping }) => stopping.abort());
  }

  /** Follows the windows of a trigger that is on from now on, and leaves those of one that is off, but for runs that have begun. */
  private adapt(name: string): void {
    const trigger = this.factory.definition.tumblingWindowTriggers.find((window) => window.name === name);
    if (trigger === undefined) return;
    const earlier = this.followed.find((followed) => followed.trigger === trigger);
    earlier?.stopping.abort();
    if (!this.factory.triggers.isStarted(name)) return;
    const stopping = new AbortController();
    const followed = earlier ?? this.added(trigger, stopping);
    followed.stopping = stopping;
    // Stopping ends the waits; nothing else does.
    void this.follow(followed).catch(() => undefined);
  }

  private added(trigger: TumblingWindowTrigger, stopping: AbortController): Followed {
    const { typeProperties } = trigger.properties;
    const followed: Followed = {
      trigger,
      series: new WindowSeries(typeProperties),
      places: new Places(typeProperties.maxConcurrency),
      windows: new Map(),
      past: pastWindows(this.factory.history, trigger),
      stopping,
    };
    this.followed.push(followed);
    return followed;
  }

  private async follow(followed: Followed): Promise<void> {
    const { clock } = this.factory;
    const { signal } = followed.stopping;
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
      void this.process(followed, window, signal)
        .catch(() => undefined)
        .then(() => (waiting -= 1));
    }
  }

  private async process(followed: Followed, window: Window, signal: AbortSignal): Promise<void> {
    if (followed.windows.has(window.start)) return; // from before the trigger was stopped
    const past = followed.past.get(window.start);
    if (past?.status !== undefined) return this.mark(followed, window, past.status);
    this.mark(followed, window, "Waiting");
    try {
      this.mark(followed, window, await this.runWhenReady(followed, window, signal));
    } catch (error) {
      followed.windows.delete(window.start); // waits again when the trigger is started again
      throw error;
    }
  }

  private async runWhenReady(followed: Followed, window: Window, signal: AbortSignal): Promise<WindowStatus> {
    if (!(await this.isReady(followed, window, signal))) return "Failed";
    await followed.places.enter(signal);
    try {
      signal.throwIfAborted();
      this.mark(followed, window, "Running");
      const { trigger, past } = followed;
      const { factory, onRun } = this;
      const failures = past.get(window.start)?.failures ?? 0;
      return await runWindow({ factory, onRun, trigger, window, failures, signal });
    } finally {
      followed.places.leave();
    }
  }

  /** Waits for what a window depends on; false where that has not succeeded after seven days. */
  private async isReady(followed: Followed, window: Window, signal: AbortSignal): Promise<boolean> {
    if (this.isMet(followed, window)) return true;
    const { clock } = this.factory;
    const deadline = clock.now().getTime() + LONGEST_WAIT;
    const ended = new AbortController();
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

  private mark({ trigger, windows }: Followed, { start, end }: Window, status: WindowStatus): void {
    windows.set(start, { trigger: trigger.name, windowStart: iso(start), windowEnd: iso(end), status });
    this.changes.tell();
  }
}
