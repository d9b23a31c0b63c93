import { z } from "zod";

const probability = z.number().min(0).max(1);

/** What was predicted of one window of the known plant. */
export const prediction = z.object({
  machineID: z.number().int(),
  /** ISO 8601 in UTC. */
  window_end: z.string(),
  prob_comp1: probability,
  prob_comp2: probability,
  prob_comp3: probability,
  prob_comp4: probability,
  predicted: z.string(),
});

export type Prediction = z.infer<typeof prediction>;

const COLUMNS = Object.keys(prediction.shape) as readonly (keyof Prediction)[];

const PROBABILITIES = ["prob_comp1", "prob_comp2", "prob_comp3", "prob_comp4"] as const;

/** By how much a probability may differ: versions of Spark round differently. */
const TOLERANCE = 0.01;

export function writePredictions(predictions: readonly Prediction[]): string {
  return [COLUMNS, ...predictions.map((one) => COLUMNS.map((column) => one[column]))]
    .map((row) => `${row.join(",")}\n`)
    .join("");
}

export function readPredictions(csv: string): readonly Prediction[] {
  const [header, ...rows] = csv.trim().split("\n");
  const columns = header!.split(",");
  return rows.map((row) => {
    const cells = Object.fromEntries(row.split(",").map((cell, index) => [columns[index], cell]));
    const numbers = ["machineID", ...PROBABILITIES].map((name) => [name, Number(cells[name])]);
    return prediction.parse({ ...cells, ...Object.fromEntries(numbers) });
  });
}

/** A line for each window that is missing, too many or predicted otherwise; empty where all is as expected. */
export function differences(expected: readonly Prediction[], found: readonly Prediction[]): readonly string[] {
  const [wanted, told] = [expected, found].map((predictions) => new Map(predictions.map((one) => [key(one), one])));
  return [...new Set([...wanted!.keys(), ...told!.keys()])].flatMap((window) => {
    const [a, b] = [wanted!.get(window), told!.get(window)];
    if (b === undefined) return [`${window}: not predicted`];
    if (a === undefined) return [`${window}: not expected`];
    if (a.predicted !== b.predicted) return [`${window}: ${a.predicted} expected, ${b.predicted} predicted`];
    const off = PROBABILITIES.filter((name) => Math.abs(a[name] - b[name]) > TOLERANCE);
    return off.map((name) => `${window}: ${name} ${a[name]} expected, ${b[name]} predicted`);
  });
}

const key = ({ machineID, window_end }: Prediction): string => `machine ${machineID}, ${window_end}`;
