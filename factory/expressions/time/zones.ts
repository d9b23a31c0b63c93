import { ParameterError } from "../error";
import { LAST_TICK, TICKS_PER_DAY, TICKS_PER_MILLISECOND, type Timestamp, toMilliseconds } from "./timestamp";
import { offsetAt, windowsZone, zoneClock } from "./zone-clock";

const TICKS_PER_MINUTE = 60_000n * TICKS_PER_MILLISECOND;

/** In winter and in summer, on either half of the earth. */
const SEASONS = [Date.UTC(2025, 0), Date.UTC(2025, 6)];

/** A time zone, under Windows' name in any case, or under IANA's. */
export class Zone {
  readonly isUtc: boolean;
  private readonly clock: Intl.DateTimeFormat;
  /** Milliseconds. */
  private readonly standard: number;

  constructor(private readonly name: string) {
    this.isUtc = name.toLowerCase() === "utc";
    this.clock = clockOf(name);
    this.standard = Math.min(...SEASONS.map((season) => offsetAt(this.clock, season)));
  }

  fromUtc(timestamp: Timestamp): Timestamp {
    return { ticks: clamped(timestamp.ticks + this.offset(timestamp.ticks)), zone: this.isUtc ? "Z" : "" };
  }

  /** When the zone's clock shows a time: an error where summer time skips it, or shows it twice. */
  toUtc({ ticks }: Timestamp): Timestamp {
    const [before, after] = [this.offset(ticks - TICKS_PER_DAY), this.offset(ticks + TICKS_PER_DAY)];
    const possible = [...new Set([before, after])].filter((offset) => this.offset(ticks - offset) === offset);
    if (possible.length !== 1 && this.isSummer(ticks - TICKS_PER_DAY) !== this.isSummer(ticks + TICKS_PER_DAY)) {
      const what = possible.length === 0 ? "does not exist" : "exists twice";
      throw new ParameterError(
        `was given a time that ${what} in "${this.name}", because its summer time begins or ends`,
      );
    }
    return { ticks: clamped(ticks - (possible[0] ?? after)), zone: "Z" };
  }

  /** By how much the zone's clock is ahead of UTC. As in .NET, whole minutes from what it is outside summer time today. */
  private offset(ticks: bigint): bigint {
    const minutes = Math.trunc((offsetAt(this.clock, toMilliseconds(ticks)) - this.standard) / 60_000);
    return BigInt(minutes + this.standard / 60_000) * TICKS_PER_MINUTE;
  }

  private isSummer(ticks: bigint): boolean {
    const parts = this.clock.formatToParts(toMilliseconds(ticks));
    return /Summer|Daylight/.test(parts.find(({ type }) => type === "timeZoneName")?.value ?? "");
  }
}

function clockOf(name: string): Intl.DateTimeFormat {
  const unknown = new ParameterError(`does not know the time zone "${name}"`);
  if (windowsZone(name) === undefined && !/^[A-Z]/.test(name)) throw unknown;
  try {
    return zoneClock(name, { timeZoneName: "long" });
  } catch {
    throw unknown;
  }
}

function clamped(ticks: bigint): bigint {
  return ticks < 0n ? 0n : ticks > LAST_TICK ? LAST_TICK : ticks;
}
