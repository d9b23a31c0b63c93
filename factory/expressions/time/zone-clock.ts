import { findName } from "../../json";
import { WINDOWS_ZONES } from "./windows-zones";

/** The clock of a time zone, under Windows' name in any case or under IANA's. Throws a `RangeError` for a name that nobody knows. */
export function zoneClock(name: string, more: Intl.DateTimeFormatOptions = {}): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone: windowsZone(name) ?? name,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    ...more,
  });
}

/** IANA's name of a zone of Windows; `undefined` where Windows has none of the name. */
export function windowsZone(name: string): string | undefined {
  const known = findName(Object.keys(WINDOWS_ZONES), name);
  return known === undefined ? undefined : WINDOWS_ZONES[known];
}

/** By how much a clock is ahead of UTC at an instant; both in milliseconds. */
export function offsetAt(clock: Intl.DateTimeFormat, instant: number): number {
  const utc = Math.floor(instant / 1000) * 1000;
  const parts = new Map(clock.formatToParts(utc).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => Number(parts.get(name));
  const local = new Date(0);
  const year = parts.get("era") === "BC" ? 1 - part("year") : part("year");
  local.setUTCFullYear(year, part("month") - 1, part("day"));
  local.setUTCHours(part("hour"), part("minute"), part("second"));
  return local.getTime() - utc;
}
