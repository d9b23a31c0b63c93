import { instantOf, timeZone } from "./time-zone";
import type { TumblingWindow, WindowDependency } from "./tumbling-window-source";

const UNIT = { Minute: 60_000, Hour: 3_600_000 };

/** A window of time, from its start until before its end: milliseconds since 1970. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** The windows of a trigger: they follow each other without gaps. The last one ends at the trigger's end, or before. */
export class WindowSeries {
  private readonly start: number;
  private readonly end: number;

  constructor(private readonly trigger: TumblingWindow) {
    const utc = timeZone("UTC");
    this.start = instantOf(trigger.startTime, utc);
    this.end = trigger.endTime === undefined ? Infinity : instantOf(trigger.endTime, utc);
  }

  /** The window of a number, from 0; `undefined` behind the last one. */
  at(index: number): Window | undefined {
    const window = { start: this.edge(index), end: this.edge(index + 1) };
    return index >= 0 && window.end <= this.end ? window : undefined;
  }

  /** The windows that have a part of a time in common. */
  overlapping({ start, end }: Window): readonly Window[] {
    const found: Window[] = [];
    for (let index = Math.max(0, this.indexOf(start)); ; index += 1) {
      const window = this.at(index);
      if (window === undefined || window.start >= end) return found;
      if (window.end > start) found.push(window);
    }
  }

  /** The number of the first window that ends after a time. */
  indexAfter(time: number): number {
    let index = Math.max(0, this.indexOf(time));
    while (this.edge(index + 1) <= time) index += 1;
    return index;
  }

  /** How many windows there are before that of a number. */
  countUntil(index: number): number {
    if (this.at(index - 1) !== undefined) return index;
    return this.end === Infinity || this.end < this.start ? 0 : this.indexAfter(this.end);
  }

  /** A number that is not above that of the window that holds a time. */
  private indexOf(time: number): number {
    const { frequency, interval } = this.trigger;
    if (frequency !== "Month") return Math.floor((time - this.start) / (UNIT[frequency] * interval));
    const months = (at: number) => new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth();
    return Math.floor((months(time) - months(this.start)) / interval) - 1;
  }

  private edge(index: number): number {
    const { frequency, interval } = this.trigger;
    if (frequency !== "Month") return this.start + index * interval * UNIT[frequency];
    const start = new Date(this.start);
    const month = start.getUTCMonth() + index * interval;
    const lastDay = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate();
    const day = Date.UTC(start.getUTCFullYear(), month, Math.min(start.getUTCDate(), lastDay));
    return day + (this.start % 86_400_000);
  }
}

/** The time that a window of a trigger depends on. */
export function dependedOn({ offset = 0, size }: WindowDependency, window: Window): Window {
  const start = window.start + offset;
  return { start, end: start + (size ?? window.end - window.start) };
}
