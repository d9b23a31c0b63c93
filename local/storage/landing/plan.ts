import { UserError } from "../../../command-line/user-error";
import { forEachLine, readChunks } from "./chunks";
import { addDays, type Day, DayReader, daysBetween } from "./day";

/** Days that land together. */
export interface Delivery {
  readonly first: Day;
  readonly last: Day;
}

export interface LandingPlan {
  readonly history: Delivery;
  /** What arrives later, oldest first; each holds telemetry. */
  readonly deliveries: readonly Delivery[];
}

/** The days on which a telemetry file has rows, in order. */
export async function telemetryDays(file: string): Promise<readonly Day[]> {
  const days = new Set<Day>();
  const reader = new DayReader();
  for await (const chunk of readChunks(file))
    forEachLine(chunk, (start) => {
      const day = reader.read(chunk, start);
      if (day !== undefined) days.add(day);
    });
  if (days.size === 0) throw new UserError(`${file} has no row with a date yyyy-MM-dd`);
  return [...days].sort();
}

/** History up to `trainTo` (by default all but the last day), then a delivery for every `blobDays` days that have telemetry. */
export function planLanding(days: readonly Day[], trainTo: Day | undefined, blobDays: number): LandingPlan {
  const first = days[0]!;
  const last = days.at(-1)!;
  if (trainTo !== undefined && (trainTo < first || trainTo > last))
    throw new UserError(`--train-to ${trainTo} lies outside the data, which has telemetry from ${first} to ${last}`);
  if (trainTo === undefined && days.length < 2)
    throw new UserError(
      `the telemetry has one day only, ${first}: at least two are needed, the last arrives as a new blob`,
    );
  const trainedTo = trainTo ?? days.at(-2)!;
  const begin = addDays(trainedTo, 1);
  const numbers = days.filter((day) => day > trainedTo).map((day) => Math.floor(daysBetween(begin, day) / blobDays));
  const deliveries = [...new Set(numbers)].map((number) => {
    const start = addDays(begin, number * blobDays);
    const end = addDays(start, blobDays - 1);
    return { first: start, last: end < last ? end : last };
  });
  return { history: { first, last: trainedTo }, deliveries };
}

/**
 * Where a row lands: 0 is the history, n the nth delivery. Rows without a readable day stay in the history, where
 * ingest quarantines them; rows of a day without telemetry go with the next delivery, the latest ones with the last.
 */
export function place({ history, deliveries }: LandingPlan, day: Day | undefined): number {
  if (day === undefined || day <= history.last || deliveries.length === 0) return 0;
  const index = deliveries.findIndex((delivery) => day <= delivery.last);
  return index < 0 ? deliveries.length : index + 1;
}
