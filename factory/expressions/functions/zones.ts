import { ParameterError } from "./function";
import { fromMilliseconds, type Timestamp, toDate } from "./timestamps";

/** The Windows names that the service takes, for the zones that factories use most; IANA names work as they are. */
const WINDOWS: Readonly<Record<string, string>> = {
  "AUS Eastern Standard Time": "Australia/Sydney",
  "Arabian Standard Time": "Asia/Dubai",
  "Central Europe Standard Time": "Europe/Budapest",
  "Central European Standard Time": "Europe/Warsaw",
  "Central Standard Time": "America/Chicago",
  "China Standard Time": "Asia/Shanghai",
  "E. South America Standard Time": "America/Sao_Paulo",
  "Eastern Standard Time": "America/New_York",
  "FLE Standard Time": "Europe/Kiev",
  "GMT Standard Time": "Europe/London",
  "India Standard Time": "Asia/Kolkata",
  "Korea Standard Time": "Asia/Seoul",
  "Mountain Standard Time": "America/Denver",
  "New Zealand Standard Time": "Pacific/Auckland",
  "Pacific Standard Time": "America/Los_Angeles",
  "Romance Standard Time": "Europe/Paris",
  "Singapore Standard Time": "Asia/Singapore",
  "South Africa Standard Time": "Africa/Johannesburg",
  "Tokyo Standard Time": "Asia/Tokyo",
  "Turkey Standard Time": "Europe/Istanbul",
  "W. Europe Standard Time": "Europe/Berlin",
};

export function toZone(timestamp: Timestamp, zone: string): Timestamp {
  const milliseconds = toDate(timestamp).getTime();
  return { ...fromMilliseconds(milliseconds + offset(milliseconds, zone), timestamp), zone: "" };
}

export function fromZone(timestamp: Timestamp, zone: string): Timestamp {
  if (timestamp.zone !== "") return { ...timestamp, zone: "Z" };
  const local = toDate(timestamp).getTime();
  const guess = local - offset(local, zone);
  return { ...fromMilliseconds(local - offset(guess, zone), timestamp), zone: "Z" };
}

/** Milliseconds by which the zone's clock is ahead of UTC at an instant. */
function offset(milliseconds: number, zone: string): number {
  const clock = new Intl.DateTimeFormat("sv-SE", {
    timeZone: known(zone),
    dateStyle: "short",
    timeStyle: "medium",
  }).format(milliseconds);
  return Date.parse(`${clock.replace(" ", "T")}Z`) - Math.floor(milliseconds / 1000) * 1000;
}

function known(zone: string): string {
  const name = WINDOWS[zone] ?? zone;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw new ParameterError(`does not know the time zone "${zone}"`);
  }
}
