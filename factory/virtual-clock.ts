import { setImmediate } from "node:timers";
import type { Clock } from "./clock";
import { Sleepers } from "./sleepers";

/**
 * A time that passes as soon as nothing is left to do: a month of schedules takes seconds. Work of this machine takes none of it: runners,
 * stubs and calls of a factory hold the time. Other work has to be told with {@link hold}, or its timeout would come at once.
 */
export class VirtualClock implements Clock {
  private time: number;
  private readonly sleepers = new Sleepers();
  private isPlanned = false;
  private held = 0;

  constructor(start: Date) {
    this.time = start.getTime();
  }

  now(): Date {
    return new Date(this.time);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const woken = this.sleepers.sleep(this.time + Math.max(0, milliseconds), signal);
    this.plan();
    return woken;
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
      const { next } = this.sleepers;
      if (this.held > 0 || next === undefined) return;
      this.time = Math.max(this.time, next);
      this.sleepers.wakeNext();
      this.plan();
    });
  }
}
