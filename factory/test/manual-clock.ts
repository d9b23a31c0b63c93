import type { Clock } from "../clock";
import { Sleepers } from "../sleepers";

/** A time that stands still until a test moves it. */
export class ManualClock implements Clock {
  private time: number;
  private readonly sleepers = new Sleepers();

  constructor(start: string) {
    this.time = Date.parse(start);
  }

  now(): Date {
    return new Date(this.time);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.sleepers.sleep(this.time + milliseconds, signal);
  }

  /** Lets so many milliseconds pass: sleepers wake in the order of their times, and what they do is done before the next one wakes. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await settled();
    for (;;) {
      const { next } = this.sleepers;
      if (next === undefined || next > end) break;
      this.time = Math.max(this.time, next);
      this.sleepers.wakeNext();
      await settled();
    }
    this.time = end;
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
