import { ParameterError, wrong } from "./function";

/** An instant as the engine keeps it: 100-nanosecond ticks since 1970, and how its zone was written. */
export interface Timestamp {
  readonly ticks: bigint;
  readonly zone: "" | "Z" | "+00:00";
}

export const TICKS_PER_MILLISECOND = 10_000n;

const ISO =
  /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?$/i;

export function parseTimestamp(value: string): Timestamp {
  const found = ISO.exec(value.trim());
  if (found === null) throw wrong("an ISO 8601 timestamp", value);
  const [, year, month, day = "01", hour = "00", minute = "00", second = "00", fraction = "", utc, sign] = found;
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(milliseconds)) throw wrong("an ISO 8601 timestamp", value);
  const ticks = BigInt(milliseconds) * TICKS_PER_MILLISECOND + BigInt(fraction.padEnd(7, "0"));
  if (sign === undefined) return { ticks, zone: utc === undefined ? "" : "Z" };
  const offset = BigInt(Number(found[10]) * 60 + Number(found[11])) * 60_000n * TICKS_PER_MILLISECOND;
  return { ticks: sign === "+" ? ticks - offset : ticks + offset, zone: "+00:00" };
}

export function toDate(timestamp: Timestamp): Date {
  const remainder = ((timestamp.ticks % TICKS_PER_MILLISECOND) + TICKS_PER_MILLISECOND) % TICKS_PER_MILLISECOND;
  return new Date(Number((timestamp.ticks - remainder) / TICKS_PER_MILLISECOND));
}

export function fromMilliseconds(milliseconds: number, like: Timestamp): Timestamp {
  const rest = like.ticks - BigInt(toDate(like).getTime()) * TICKS_PER_MILLISECOND;
  return { ticks: BigInt(milliseconds) * TICKS_PER_MILLISECOND + rest, zone: like.zone };
}

const STANDARD: Readonly<Record<string, string>> = {
  d: "MM/dd/yyyy",
  D: "dddd, dd MMMM yyyy",
  f: "dddd, dd MMMM yyyy HH:mm",
  F: "dddd, dd MMMM yyyy HH:mm:ss",
  g: "MM/dd/yyyy HH:mm",
  G: "MM/dd/yyyy HH:mm:ss",
  m: "MMMM dd",
  M: "MMMM dd",
  o: "yyyy-MM-ddTHH:mm:ss.fffffffK",
  O: "yyyy-MM-ddTHH:mm:ss.fffffffK",
  r: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  R: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  s: "yyyy-MM-ddTHH:mm:ss",
  t: "HH:mm",
  T: "HH:mm:ss",
  u: "yyyy-MM-dd HH:mm:ss'Z'",
  y: "yyyy MMMM",
  Y: "yyyy MMMM",
};

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = "January February March April May June July August September October November December".split(" ");
const PART = /'([^']*)'|"([^"]*)"|\\(.)|%(?=.)|y+|M+|d+|H+|h+|m+|s+|f+|F+|t+|z+|K/g;

/** Formats with a .NET pattern (`yyyy-MM-dd`, `o`, …) in the invariant culture. */
export function formatTimestamp(timestamp: Timestamp, pattern: string): string {
  const custom = pattern.length === 1 ? STANDARD[pattern] : pattern || STANDARD["G"]!;
  if (custom === undefined) throw new ParameterError(`does not know the format "${pattern}"`);
  const date = toDate(timestamp);
  const tenMillionths = ((timestamp.ticks % 10_000_000n) + 10_000_000n) % 10_000_000n;
  const fraction = tenMillionths.toString().padStart(7, "0");
  return custom.replace(PART, (part: string, quoted?: string, doubled?: string, escaped?: string) => {
    const literal = quoted ?? doubled ?? escaped;
    return literal ?? formatPart(part, date, fraction, timestamp.zone);
  });
}

function formatPart(part: string, date: Date, fraction: string, zone: string): string {
  const length = part.length;
  const digits = (value: number) => String(value).padStart(Math.min(length, 2), "0");
  switch (part[0]) {
    case "y":
      return length <= 2 ? digits(date.getUTCFullYear() % 100) : String(date.getUTCFullYear()).padStart(length, "0");
    case "M":
      if (length >= 3) return MONTHS[date.getUTCMonth()]!.slice(0, length === 3 ? 3 : undefined);
      return digits(date.getUTCMonth() + 1);
    case "d":
      if (length >= 3) return DAYS[date.getUTCDay()]!.slice(0, length === 3 ? 3 : undefined);
      return digits(date.getUTCDate());
    case "H":
      return digits(date.getUTCHours());
    case "h":
      return digits(date.getUTCHours() % 12 || 12);
    case "m":
      return digits(date.getUTCMinutes());
    case "s":
      return digits(date.getUTCSeconds());
    case "f":
    case "F":
      if (length > 7) throw new ParameterError(`does not know the format "${part}"`);
      return part[0] === "f" ? fraction.slice(0, length) : fraction.slice(0, length).replace(/0+$/, "");
    case "t":
      return (date.getUTCHours() < 12 ? "AM" : "PM").slice(0, length);
    case "z":
      return length === 1 ? "+0" : length === 2 ? "+00" : "+00:00";
    case "K":
      return zone;
    default:
      return "";
  }
}
