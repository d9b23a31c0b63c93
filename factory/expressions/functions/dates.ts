import type { Clock } from "../../clock";
import { formatTimestamp } from "../time/format";
import { parseTimestamp } from "../time/reader";
import {
  addMonths,
  checked,
  civilOf,
  dayOfWeek,
  fromMilliseconds,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_SECOND,
  ticksOf,
  type Timestamp,
} from "../time/timestamp";
import { Zone } from "../time/zones";
import type { Value } from "../value";
import { eager, type ExpressionFunction, integer, text, wrong } from "./function";

type Shift = (ticks: bigint, count: bigint) => bigint;

const by =
  (unit: bigint): Shift =>
  (ticks, count) =>
    ticks + count * unit;

const UNITS = new Map<string, Shift>([
  ["Second", by(TICKS_PER_SECOND)],
  ["Minute", by(60n * TICKS_PER_SECOND)],
  ["Hour", by(TICKS_PER_HOUR)],
  ["Day", by(TICKS_PER_DAY)],
  ["Week", by(7n * TICKS_PER_DAY)],
  ["Month", addMonths],
  ["Year", (ticks, count) => addMonths(ticks, 12n * count)],
]);

const shifted = (timestamp: Timestamp, shift: Shift, count: bigint): Timestamp =>
  checked({ ...timestamp, ticks: shift(timestamp.ticks, count) });

const fromNow = (now: () => Timestamp, direction: 1n | -1n) =>
  eager(2, 3, (count, unit, format) => write(shifted(now(), toUnit(unit), direction * integer(count)), format));

const startOfMonth = (ticks: bigint): bigint => ticksOf({ ...civilOf(ticks), day: 1 }) ?? 0n;
const startOfYear = (ticks: bigint): bigint => ticksOf({ ...civilOf(ticks), month: 1, day: 1 }) ?? 0n;

/** The functions that read timestamps. What is only a time is today's, and what is only a day is this year's, as in .NET. */
export function dateFunctions(clock: Clock): Readonly<Record<string, ExpressionFunction>> {
  const read = (value: Value | undefined): Timestamp => parseTimestamp(text(value), () => nowOf(clock).ticks);
  const addUnits = (unit: bigint) =>
    eager(2, 3, (value, count, format) => write(shifted(read(value), by(unit), integer(count)), format));
  const shiftBy = (direction: 1n | -1n) =>
    eager(3, 4, (value, count, unit, format) =>
      write(shifted(read(value), toUnit(unit), direction * integer(count)), format),
    );
  const startOf = (start: (ticks: bigint) => bigint) =>
    eager(1, 2, (value, format) => {
      const timestamp = read(value);
      return write({ ...timestamp, ticks: start(timestamp.ticks) }, format);
    });
  const part = (pick: (ticks: bigint) => number | bigint) => eager(1, 1, (value) => BigInt(pick(read(value).ticks)));
  return {
    formatDateTime: eager(1, 2, (value, format) => write(read(value), format)),
    addDays: addUnits(TICKS_PER_DAY),
    addHours: addUnits(TICKS_PER_HOUR),
    addMinutes: addUnits(60n * TICKS_PER_SECOND),
    addSeconds: addUnits(TICKS_PER_SECOND),
    addToTime: shiftBy(1n),
    subtractFromTime: shiftBy(-1n),
    startOfHour: startOf((ticks) => ticks - (ticks % TICKS_PER_HOUR)),
    startOfDay: startOf((ticks) => ticks - (ticks % TICKS_PER_DAY)),
    startOfMonth: startOf(startOfMonth),
    dayOfMonth: part((ticks) => civilOf(ticks).day),
    dayOfWeek: part(dayOfWeek),
    dayOfYear: part((ticks) => (ticks - startOfYear(ticks)) / TICKS_PER_DAY + 1n),
    ticks: part((ticks) => ticks),
    convertFromUtc: eager(2, 3, (value, to, format) => {
      const zone = new Zone(text(to));
      const timestamp = read(value);
      if (timestamp.zone !== "Z") throw wrong("a timestamp in UTC, which ends with Z", value);
      return write(zone.fromUtc(timestamp), format);
    }),
    convertToUtc: eager(2, 3, (value, from, format) => {
      const zone = new Zone(text(from));
      const timestamp = read(value);
      if (timestamp.zone === "Z" && zone.isUtc) return write(timestamp, format);
      if (timestamp.zone !== "") throw wrong("a timestamp without a zone", value);
      return write(zone.toUtc(timestamp), format);
    }),
    convertTimeZone: eager(3, 4, (value, from, to, format) => {
      const [source, target] = [new Zone(text(from)), new Zone(text(to))];
      const timestamp = read(value);
      // Also of what says its zone, the clock of the source must show the time once only.
      const utc = source.toUtc(timestamp.zone === "" ? timestamp : source.fromUtc(timestamp));
      return write(target.fromUtc(timestamp.zone === "" ? utc : timestamp), format);
    }),
  };
}

/** The names of the functions that read the time. */
export const TIME_FUNCTIONS = ["utcNow", "getFutureTime", "getPastTime"] as const;

/** Each run of a factory has the same clock. */
const byClock = new WeakMap<Clock, ReadonlyMap<string, ExpressionFunction>>();

/** The functions that read the time, and those that read timestamps by it, by lower-case name. */
export function timeFunctions(clock: Clock): ReadonlyMap<string, ExpressionFunction> {
  const found = byClock.get(clock) ?? functionsOf(clock);
  byClock.set(clock, found);
  return found;
}

function functionsOf(clock: Clock): ReadonlyMap<string, ExpressionFunction> {
  const now = (): Timestamp => nowOf(clock);
  return new Map([
    ...Object.entries(dateFunctions(clock)).map(([name, found]) => [name.toLowerCase(), found] as const),
    ["utcnow", eager(0, 1, (format) => write(now(), format))],
    ["getfuturetime", fromNow(now, 1n)],
    ["getpasttime", fromNow(now, -1n)],
  ]);
}

function nowOf(clock: Clock): Timestamp {
  return { ticks: fromMilliseconds(clock.now().getTime()), zone: "Z" };
}

function write(timestamp: Timestamp, format: Value | undefined): string {
  return formatTimestamp(timestamp, format === undefined ? "o" : text(format));
}

function toUnit(value: Value | undefined): Shift {
  const wanted = text(value).trim().toLowerCase();
  const found = [...UNITS].find(([unit]) => unit.toLowerCase() === wanted);
  if (found === undefined) throw wrong(`one of ${[...UNITS.keys()].join(", ")}`, value);
  return found[1];
}
