import type { Clock } from "../clock";

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A time that stands still until a test moves it. */
export class ManualClock implements Clock {
  private time: number;
  private sleepers: readonly Sleeper[] = [];

  constructor(start: string) {
    this.time = Date.parse(start);
  }

  now(): Date {
    return new Date(this.time);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        reject(signal!.reason as Error);
      };
      const wake = (): void => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const sleeper = { until: this.time + milliseconds, wake };
      this.sleepers = [...this.sleepers, sleeper];
      signal?.addEventListener("abort", stop, { once: true });
    });
  }

  /** Lets so many milliseconds pass: sleepers wake in the order of their times, and what they do is done before the next one wakes. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await settled();
    for (;;) {
      const [next] = [...this.sleepers].sort((one, other) => one.until - other.until);
      if (next === undefined || next.until > end) break;
      this.sleepers = this.sleepers.filter((other) => other !== next);
      this.time = Math.max(this.time, next.until);
      next.wake();
      await settled();
    }
    this.time = end;
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
