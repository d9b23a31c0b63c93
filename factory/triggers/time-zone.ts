import { offsetAt, zoneClock } from "../expressions/time/zone-clock";

const DAY = 86_400_000;

/** A time zone, under Windows' name or IANA's. Wall-clock times are milliseconds, as if they were UTC. */
export class TimeZone {
  private readonly clock: Intl.DateTimeFormat | undefined;

  constructor(name: string) {
    this.clock = name.toUpperCase() === "UTC" ? undefined : zoneClock(name);
  }

  /** What the zone's clock shows. */
  toLocal(instant: number): number {
    return instant + this.offset(instant);
  }

  /**
   * When the zone's clock shows a time. A time that summer time skips counts as if the clock had not been changed: as much later. Of a time
   * that the clock shows twice, it is the first.
   */
  toInstant(local: number): number {
    const before = local - this.offset(local - DAY);
    const after = local - this.offset(local + DAY);
    return this.toLocal(before) !== local && this.toLocal(after) === local ? after : before;
  }

  private offset(instant: number): number {
    if (this.clock === undefined) return 0;
    return offsetAt(this.clock, instant);
  }
}

const zones = new Map<string, TimeZone>();

/** The zone of a name; each is made once. Throws a `RangeError` for a name that nobody knows. */
export function timeZone(name: string): TimeZone {
  const zone = zones.get(name) ?? new TimeZone(name);
  zones.set(name, zone);
  return zone;
}

export function isTimeZone(name: string): boolean {
  try {
    timeZone(name);
    return true;
  } catch {
    return false;
  }
}

/** The instant of a time as JSON writes it: with an offset, or as the clock of a zone shows it. */
export function instantOf(time: string, zone: TimeZone): number {
  return /(Z|[+-]\d{2}:?\d{2})$/i.test(time) ? Date.parse(time) : zone.toInstant(Date.parse(`${time}Z`));
}
