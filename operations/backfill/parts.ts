import { addDays, type Day } from "../../local/storage/landing/day";

/** The windows that end from one time to another, both included; ISO 8601 in UTC, as the pipeline takes them. */
export interface Part {
  readonly from: string;
  readonly to: string;
}

/** The calendar months of a range of days, both included; the first and the last may be cut. The tables are partitioned by month. */
export function partsOf(from: Day, to: Day): readonly Part[] {
  const parts: Part[] = [];
  for (let first = from; first <= to; first = nextMonth(first)) {
    const last = addDays(nextMonth(first), -1);
    // Windows end on whole hours: none ends within the last second of a day.
    parts.push({ from: `${first}T00:00:00Z`, to: `${last < to ? last : to}T23:59:59Z` });
  }
  return parts;
}

/** The days of a part, as people say them. */
export function daysOf({ from, to }: Part): string {
  return `${from.slice(0, 10)} to ${to.slice(0, 10)}`;
}

/** The first day of the month after that of a day: a month has at most 31 days. */
function nextMonth(day: Day): Day {
  return `${addDays(`${day.slice(0, 7)}-01`, 31).slice(0, 7)}-01`;
}
