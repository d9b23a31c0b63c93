import { ParameterError } from "../error";
import { DAYS, MONTHS } from "./reader";
import { civilOf, dayOfWeek, TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_SECOND, type Timestamp } from "./timestamp";

const ROUND_TRIP = "yyyy-MM-ddTHH:mm:ss.fffffffK";

/** What .NET's formats of one letter stand for in English of the United States. */
const STANDARD = new Map(
  Object.entries({
    d: "M/d/yyyy",
    D: "dddd, MMMM d, yyyy",
    f: "dddd, MMMM d, yyyy h:mm tt",
    F: "dddd, MMMM d, yyyy h:mm:ss tt",
    g: "M/d/yyyy h:mm tt",
    G: "M/d/yyyy h:mm:ss tt",
    m: "MMMM d",
    M: "MMMM d",
    o: ROUND_TRIP,
    O: ROUND_TRIP,
    r: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    R: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    s: "yyyy-MM-ddTHH:mm:ss",
    t: "h:mm tt",
    T: "h:mm:ss tt",
    u: "yyyy-MM-dd HH:mm:ss'Z'",
    U: "dddd, MMMM d, yyyy h:mm:ss tt",
    y: "MMMM yyyy",
    Y: "MMMM yyyy",
  }),
);

const PART =
  /'(?<single>(?:\\.|[^'\\])*)'|"(?<double>(?:\\.|[^"\\])*)"|\\(?<escaped>.)|%(?<alone>[^%])|(?<part>y+|M+|d+|H+|h+|m+|s+|f+|\.?F+|t+|z+|g+|K)|(?<bad>['"\\%])/gs;

/** Formats with a .NET pattern (`yyyy-MM-dd`, `o`, …) as the service does, in English of the United States. */
export function formatTimestamp(timestamp: Timestamp, pattern: string): string {
  const custom = pattern.length === 1 ? STANDARD.get(pattern) : pattern || STANDARD.get("G");
  const unknown = new ParameterError(`does not know the format "${pattern}"`);
  if (custom === undefined) throw unknown;
  let result = "";
  let end = 0;
  for (const found of custom.matchAll(PART)) {
    const { single, double, escaped, alone, part, bad } = found.groups ?? {};
    if (bad !== undefined) throw unknown;
    const quoted = (single ?? double)?.replace(/\\(.)/gs, "$1");
    const written = quoted ?? escaped ?? formatPart(part ?? alone ?? "", timestamp);
    if (written === undefined) throw unknown;
    result += custom.slice(end, found.index) + written;
    end = found.index + found[0].length;
  }
  return result + custom.slice(end);
}

/** One part of a custom format; `undefined` if it asks for more digits than there are. */
function formatPart(part: string, { ticks, zone }: Timestamp): string | undefined {
  const { year, month, day } = civilOf(ticks);
  const seconds = Number((ticks % TICKS_PER_DAY) / TICKS_PER_SECOND);
  const hour = Number((ticks % TICKS_PER_DAY) / TICKS_PER_HOUR);
  const length = part.length;
  const digits = (value: number) => String(value).padStart(Math.min(length, 2), "0");
  switch (part[0]) {
    case "y":
      return length <= 2 ? digits(year % 100) : String(year).padStart(length, "0");
    case "M":
      return length < 3 ? digits(month) : name(MONTHS[month - 1]!, length);
    case "d":
      return length < 3 ? digits(day) : name(DAYS[dayOfWeek(ticks)]!, length);
    case "H":
      return digits(hour);
    case "h":
      return digits(hour % 12 || 12);
    case "m":
      return digits(Math.floor(seconds / 60) % 60);
    case "s":
      return digits(seconds % 60);
    case "f":
      return length > 7 ? undefined : fraction(ticks, length);
    case ".":
    case "F":
      return shortFraction(part, ticks);
    case "t":
      return (hour < 12 ? "AM" : "PM").slice(0, length);
    case "z":
      return ["+0", "+00", "+00:00"][Math.min(length, 3) - 1];
    case "g":
      return "AD";
    case "K":
      return zone;
    default:
      return part;
  }
}

function name(whole: string, length: number): string {
  return length === 3 ? whole.slice(0, 3) : whole;
}

function fraction(ticks: bigint, length: number): string {
  return String(ticks % TICKS_PER_SECOND)
    .padStart(7, "0")
    .slice(0, length);
}

/** Without zeros at its end; with no digit left, its point goes too. */
function shortFraction(part: string, ticks: bigint): string | undefined {
  const point = part.startsWith(".") ? "." : "";
  const length = part.length - point.length;
  if (length > 7) return undefined;
  const digits = fraction(ticks, length).replace(/0+$/, "");
  return digits === "" ? "" : `${point}${digits}`;
}
