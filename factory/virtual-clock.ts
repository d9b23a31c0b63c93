import type { Clock } from "./clock";

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/**
 * A time that passes as soon as nothing is left to do: a month of schedules takes seconds. Work of this machine takes none of it, and has
 * to be told with {@link hold}: without, its timeout would come at once.
 */
export class VirtualClock implements Clock {
  private time: number;
  private sleepers: readonly Sleeper[] = [];
  private isPlanned = false;
  private held = 0;

  constructor(start: Date) {
    this.time = start.getTime();
  }

  now(): Date {
    return new Date(this.time);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason as Error);
      };
      const wake = (): void => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const sleeper = { until: this.time + Math.max(0, milliseconds), wake };
      if (signal?.aborted === true) return stop();
      this.sleepers = [...this.sleepers, sleeper];
      signal?.addEventListener("abort", stop, { once: true });
      this.plan();
    });
  }

  /** Lets no time pass while work is done. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.held += 1;
    try {
      return await work();
    } finally {
      this.held -= 1;
      this.plan();
    }
  }

  /** Wakes the next sleeper once everything before has been done. */
  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    setImmediate(() => {
      this.isPlanned = false;
      if (this.held > 0 || this.sleepers.length === 0) return;
      const next = this.sleepers.reduce((one, other) => (other.until < one.until ? other : one));
      this.sleepers = this.sleepers.filter((other) => other !== next);
      this.time = Math.max(this.time, next.until);
      next.wake();
      this.plan();
    });
  }
}
