import { wrong } from "../functions/function";
import {
  civilOf,
  dayOfWeek,
  isInRange,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_SECOND,
  ticksOf,
  type Timestamp,
} from "./timestamp";

export const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
export const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

const day = "(?<day>\\d{1,2})";
const month = "(?<month>\\d{1,2})";
const year = "(?<year>\\d{4})";
const shortYear = "(?<year>\\d{4}|\\d{2})";
const word = `(?<word>${MONTHS.map((name) => `${name}|${name.slice(0, 3)}`).join("|")})`;
const weekday = `(?:(?<weekday>${DAYS.map((name) => `${name}|${name.slice(0, 3)}`).join("|")}),?\\s+)?`;
const zone = "(?:\\s*(?<utc>Z)|\\s*(?<sign>[+-])(?<hours>\\d{1,2})(?::?(?<minutes>\\d{2}))?)?";

/** The orders in which English writes a date. */
const DATES = [
  `${year}[-/.]${month}(?:[-/.]${day})?`,
  `${month}[-/.]${day}[-/.]${shortYear}`,
  `${month}[-/]${year}`,
  `${weekday}${word}[ -]${day},?[ -]${shortYear}`,
  `${weekday}${day}[ -]${word},?[ -]${shortYear}`,
  `${weekday}${word},? ${year}`,
  `${weekday}${year} ${word}(?: ${day})?`,
];
const ISO_TIME = "T(?<hour>\\d{2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d+))?)?";
const TIME =
  "(?<hour>\\d{1,2})(?::(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:[.,](?<fraction>\\d+))?)?|(?=\\s*[AP]M))(?:\\s*(?<half>[AP]M))?";

const ENGLISH_ZONE = zone.replace("Z", "Z|GMT");

const PATTERNS = [
  ...DATES.flatMap((date) => [pattern(`${date}${ISO_TIME}${zone}`), pattern(`${date}(?:\\s+${TIME})?${ENGLISH_ZONE}`)]),
  // Today's time, and a day of this year.
  pattern(`${weekday}${TIME}${ENGLISH_ZONE}`),
  pattern(`${month}[-/.]${day}`),
  pattern(`${weekday}${word}[ -]?${day}`),
];

function pattern(source: string): RegExp {
  return new RegExp(`^${source}$`, "i");
}

/** Reads a timestamp as .NET does in English. `now` are the ticks of the present, in UTC. */
export function parseTimestamp(value: string, now: () => bigint): Timestamp {
  for (const found of PATTERNS) {
    const groups = found.exec(value.trim())?.groups;
    const timestamp = groups && read(groups, now);
    if (timestamp !== undefined) return timestamp;
  }
  throw wrong("an ISO 8601 timestamp", value);
}

type Groups = Readonly<Record<string, string | undefined>>;

function read(groups: Groups, now: () => bigint): Timestamp | undefined {
  const date = readDate(groups, now);
  const time = readTime(groups);
  if (date === undefined || time === undefined) return undefined;
  if (groups["weekday"] !== undefined && !sameStart(DAYS[dayOfWeek(date)]!, groups["weekday"])) return undefined;
  const local = date + time;
  if (groups["sign"] === undefined) return inRange({ ticks: local, zone: groups["utc"] === undefined ? "" : "Z" });
  const [hours, minutes] = [Number(groups["hours"]), Number(groups["minutes"] ?? 0)];
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return undefined;
  const offset = (BigInt(hours * 60 + minutes) * TICKS_PER_HOUR) / 60n;
  return inRange({ ticks: groups["sign"] === "+" ? local - offset : local + offset, zone: "+00:00" });
}

function readDate(groups: Groups, now: () => bigint): bigint | undefined {
  const named = MONTHS.findIndex((name) => groups["word"] !== undefined && sameStart(name, groups["word"])) + 1;
  const present = now();
  if (groups["year"] === undefined && groups["day"] === undefined) return present - (present % TICKS_PER_DAY);
  const written = groups["year"] ?? String(civilOf(present).year);
  const century = written.length > 2 ? 0 : Number(written) < 50 ? 2000 : 1900;
  return ticksOf({
    year: Number(written) + century,
    month: named || Number(groups["month"]),
    day: Number(groups["day"] ?? 1),
  });
}

function readTime({ hour = "0", minute = "0", second = "0", fraction = "0", half }: Groups): bigint | undefined {
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const afternoon = half?.toUpperCase() === "PM" && hours < 12;
  const midnight = half?.toUpperCase() === "AM" && hours === 12;
  if (half?.toUpperCase() === "AM" && hours > 12) return undefined;
  const whole = hours + (afternoon ? 12 : midnight ? -12 : 0);
  const ticks = BigInt(Math.round(Number(`0.${fraction}`) * Number(TICKS_PER_SECOND)));
  return BigInt(whole) * TICKS_PER_HOUR + BigInt(minutes * 60 + seconds) * TICKS_PER_SECOND + ticks;
}

function inRange(timestamp: Timestamp): Timestamp | undefined {
  return isInRange(timestamp.ticks) ? timestamp : undefined;
}

function sameStart(name: string, written: string): boolean {
  return name.toLowerCase().startsWith(written.toLowerCase());
}
