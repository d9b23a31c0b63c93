import type { z } from "zod";
import { prediction } from "../../contract/exits";
import { PROBABILITIES } from "../../contract/lake";

/** What was predicted of one window of the known plant. */
export type Prediction = z.infer<typeof prediction>;

const COLUMNS = prediction.keyof().options;

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
