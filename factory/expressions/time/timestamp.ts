import { ParameterError } from "../error";

/** A point in time as .NET keeps it: 100-nanosecond ticks since the year 1, and how its zone was written. */
export interface Timestamp {
  readonly ticks: bigint;
  readonly zone: "" | "Z" | "+00:00";
}

export interface Civil {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export const TICKS_PER_MILLISECOND = 10_000n;
export const TICKS_PER_SECOND = 10_000_000n;
export const TICKS_PER_HOUR = 3_600n * TICKS_PER_SECOND;
export const TICKS_PER_DAY = 24n * TICKS_PER_HOUR;
/** 9999-12-31T23:59:59.9999999. */
export const LAST_TICK = 3_155_378_975_999_999_999n;
const TICKS_OF_1970 = 621_355_968_000_000_000n;

export function isInRange(ticks: bigint): boolean {
  return ticks >= 0n && ticks <= LAST_TICK;
}

/** The same time, unless its year is before 1 or after 9999. */
export function checked(timestamp: Timestamp): Timestamp {
  if (!isInRange(timestamp.ticks)) throw new ParameterError("leaves the years 1 to 9999");
  return timestamp;
}

export function fromMilliseconds(milliseconds: number): bigint {
  return BigInt(milliseconds) * TICKS_PER_MILLISECOND + TICKS_OF_1970;
}

export function toMilliseconds(ticks: bigint): number {
  return Math.floor(Number(ticks / TICKS_PER_MILLISECOND - TICKS_OF_1970 / TICKS_PER_MILLISECOND));
}

/** Ticks of the start of a day; `undefined` where there is no such day. */
export function ticksOf({ year, month, day }: Civil): bigint | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 1 && year <= 9999 ? fromMilliseconds(date.getTime()) : undefined;
}

export function civilOf(ticks: bigint): Civil {
  const date = new Date(toMilliseconds(ticks));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 0 is Sunday. */
export function dayOfWeek(ticks: bigint): number {
  return Number((ticks / TICKS_PER_DAY + 1n) % 7n);
}

/** The same day of a later month, or that month's last day. */
export function addMonths(ticks: bigint, months: bigint): bigint {
  const { year, month, day } = civilOf(ticks);
  const total = BigInt(year) * 12n + BigInt(month - 1) + months;
  if (total < 12n || total >= 120_000n) throw new ParameterError("leaves the years 1 to 9999");
  const target = { year: Number(total / 12n), month: Number(total % 12n) + 1 };
  for (let last = day; ; last -= 1) {
    const start = ticksOf({ ...target, day: last });
    if (start !== undefined) return start + (ticks % TICKS_PER_DAY);
  }
}
