import type { Clock } from "../../clock";
import type { Json } from "../../json";
import { eager, type ExpressionFunction, integer, text, wrong } from "./function";
import { formatTimestamp, fromMilliseconds, parseTimestamp, TICKS_PER_MILLISECOND, toDate } from "./timestamps";
import type { Timestamp } from "./timestamps";
import { fromZone, toZone } from "./zones";

type Unit = "Second" | "Minute" | "Hour" | "Day" | "Week" | "Month" | "Year";

const UNIT_MILLISECONDS: Readonly<Record<Exclude<Unit, "Month" | "Year">, number>> = {
  Second: 1_000,
  Minute: 60_000,
  Hour: 3_600_000,
  Day: 86_400_000,
  Week: 604_800_000,
};

/** Ticks between the engine's epoch (0001-01-01) and 1970. */
const EPOCH_TICKS = 621_355_968_000_000_000n;

const addUnits = (unit: Unit) =>
  eager(2, 3, (value, count, format) => write(shift(read(value), integer(count), unit), format));

const shiftBy = (direction: 1 | -1) =>
  eager(3, 4, (value, count, unit, format) =>
    write(shift(read(value), direction * integer(count), toUnit(unit)), format),
  );

const fromNow = (now: () => Timestamp, direction: 1 | -1) =>
  eager(2, 3, (count, unit, format) => write(shift(now(), direction * integer(count), toUnit(unit)), format));

const startOf = (length: number) =>
  eager(1, 2, (value, format) =>
    write(
      truncate(read(value), (isoText) => isoText.slice(0, length)),
      format,
    ),
  );

const part = (pick: (date: Date) => number) => eager(1, 1, (value) => pick(toDate(read(value))));

export const DATES: Readonly<Record<string, ExpressionFunction>> = {
  formatDateTime: eager(1, 2, (value, format) => write(read(value), format)),
  addDays: addUnits("Day"),
  addHours: addUnits("Hour"),
  addMinutes: addUnits("Minute"),
  addSeconds: addUnits("Second"),
  addToTime: shiftBy(1),
  subtractFromTime: shiftBy(-1),
  startOfHour: startOf("yyyy-MM-ddTHH".length),
  startOfDay: startOf("yyyy-MM-dd".length),
  startOfMonth: startOf("yyyy-MM".length),
  dayOfMonth: part((date) => date.getUTCDate()),
  dayOfWeek: part((date) => date.getUTCDay()),
  dayOfYear: part((date) => ((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 0)) / UNIT_MILLISECONDS.Day) | 0),
  ticks: eager(1, 1, (value) => Number(read(value).ticks + EPOCH_TICKS)),
  convertFromUtc: eager(2, 3, (value, zone, format) => write(toZone(read(value), text(zone)), format)),
  convertToUtc: eager(2, 3, (value, zone, format) => write(fromZone(read(value), text(zone)), format)),
  convertTimeZone: eager(3, 4, (value, from, to, format) =>
    write(toZone(fromZone(read(value), text(from)), text(to)), format),
  ),
};

/** The functions that read the time, by lower-case name. */
export function timeFunctions(clock: Clock): ReadonlyMap<string, ExpressionFunction> {
  const now = (): Timestamp => ({ ticks: BigInt(clock.now().getTime()) * TICKS_PER_MILLISECOND, zone: "Z" });
  return new Map([
    ["utcnow", eager(0, 1, (format) => write(now(), format))],
    ["getfuturetime", fromNow(now, 1)],
    ["getpasttime", fromNow(now, -1)],
  ]);
}

function read(value: Json | undefined): Timestamp {
  return parseTimestamp(text(value));
}

function write(timestamp: Timestamp, format: Json | undefined): string {
  return formatTimestamp(timestamp, format === undefined ? "o" : text(format));
}

function shift(timestamp: Timestamp, count: number, unit: Unit): Timestamp {
  const date = toDate(timestamp);
  if (unit !== "Month" && unit !== "Year")
    return fromMilliseconds(date.getTime() + count * UNIT_MILLISECONDS[unit], timestamp);
  const months = unit === "Year" ? 12 * count : count;
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months, 1);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return fromMilliseconds(date.getTime(), timestamp);
}

function truncate(timestamp: Timestamp, cut: (isoText: string) => string): Timestamp {
  const start = cut(toDate(timestamp).toISOString());
  const filled = start + "0000-01-01T00:00:00Z".slice(start.length);
  return { ...parseTimestamp(filled), zone: timestamp.zone };
}

function toUnit(value: Json | undefined): Unit {
  const units: readonly Unit[] = ["Second", "Minute", "Hour", "Day", "Week", "Month", "Year"];
  const found = units.find((unit) => unit.toLowerCase() === text(value).toLowerCase());
  if (found === undefined) throw wrong(`one of ${units.join(", ")}`, value);
  return found;
}
