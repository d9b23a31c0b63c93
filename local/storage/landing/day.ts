/** A calendar day, `yyyy-MM-dd`; days compare as strings. */
export type Day = string;

const DAY_MILLISECONDS = 86_400_000;

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(time) === text;
}

export function addDays(day: Day, count: number): Day {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + count * DAY_MILLISECONDS);
}

export function daysBetween(first: Day, last: Day): number {
  return (Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY_MILLISECONDS;
}

function dayOf(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}

const QUOTE = 0x22;
const LENGTH = "yyyy-MM-dd".length;

/** Reads the day at the start of a line; rows beside each other mostly share it, so the last one is kept. */
export class DayReader {
  private readonly lastBytes = Buffer.alloc(LENGTH);
  private last: Day | undefined;

  /** The day of a line of `chunk`; `undefined` where the line starts with something else. */
  read(chunk: Buffer, start: number): Day | undefined {
    const from = chunk[start] === QUOTE ? start + 1 : start;
    const to = Math.min(from + LENGTH, chunk.length);
    if (chunk.compare(this.lastBytes, 0, LENGTH, from, to) === 0) return this.last;
    const text = chunk.toString("latin1", from, to);
    this.last = isDay(text) ? text : undefined;
    this.lastBytes.fill(0);
    this.lastBytes.write(text, "latin1");
    return this.last;
  }
}
