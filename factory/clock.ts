import { setTimeout as wait } from "node:timers/promises";

/** The time of a factory: all that it plans, waits for and writes down goes by it. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted before. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Lets no time pass while work of this machine is done. Absent: time passes by itself. */
  hold?<T>(work: () => Promise<T>): Promise<T>;
}

/** Does work of this machine, which takes no time of a clock that can be held. */
export function held<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  return clock.hold === undefined ? work() : clock.hold(work);
}

/** The longest delay of one timer of Node (24.8 days). */
const LONGEST_DELAY = 2 ** 31 - 1;

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(milliseconds, signal) {
    try {
      for (let left = Math.max(milliseconds, 0); left >= 0; left -= LONGEST_DELAY)
        await wait(Math.min(left, LONGEST_DELAY), undefined, { ...(signal && { signal }) });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
