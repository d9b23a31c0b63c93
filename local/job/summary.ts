import { type ActivityRun, isObject, type PipelineRun } from "adf-local";
import { COMPONENTS } from "../../contract/parts";
import type { Findings, Risk } from "../report/findings";
import { count, minute } from "../report/format";
import { hasModel, lastTraining, MEASURES } from "../report/last-training";
import { plainTable } from "./plain-table";

const MOST_MACHINES = 10;

/** The figures of a component that are shown, and what they are called. */
const METRICS = [
  ...MEASURES,
  ["threshold", "threshold"],
  ["failures", "failures"],
  ["warned", "warned of"],
  ["false_alarms_per_machine_month", "false alarms/machine-month"],
] as const;

/** The activities of all runs, a line for each: how often, how it ended, how long, how many rows. */
export function activityTable(runs: readonly PipelineRun[]): string {
  const groups = new Map<string, { readonly pipeline: string; readonly runs: ActivityRun[] }>();
  for (const { pipeline, activities } of runs)
    for (const activity of activities.filter(({ kept }) => kept === undefined)) {
      const id = `${pipeline} ${activity.name}`;
      const group = groups.get(id) ?? { pipeline, runs: [] };
      groups.set(id, group);
      group.runs.push(activity);
    }
  const rows = [...groups.values()].map(({ pipeline, runs: activities }) => [
    pipeline,
    activities[0]!.name,
    String(activities.length),
    results(activities),
    (sum(activities.map(milliseconds)) / 1000).toFixed(1),
    total(activities, "rows"),
    total(activities, "quarantined"),
  ]);
  const numeric = ["runs", "seconds", "rows", "quarantined"];
  return plainTable(["pipeline", "activity", "runs", "result", "seconds", "rows", "quarantined"], rows, numeric);
}

/** The figures of the last training, a column for each component; `undefined` when there is none. */
export function metricsTable(runs: readonly PipelineRun[]): string | undefined {
  const training = lastTraining(runs);
  if (training === undefined) return undefined;
  if (!hasModel(training)) return `no model: ${training.reason}`;
  const { metrics, model_version: version, reason } = training;
  const rows = METRICS.map(([name, title]) => [
    title,
    ...COMPONENTS.map((component) => figure(metrics[component][name])),
  ]);
  const overall = [
    `macro_f1 ${figure(metrics.macro_f1) || "–"}`,
    `rule_macro_f1 ${figure(metrics.rule_macro_f1) || "–"}`,
  ];
  const table = plainTable(["", ...COMPONENTS], rows, COMPONENTS);
  return `model version ${version}: ${overall.join(", ")}\n${reason}\n${table}`;
}

/** The machines that have an alert in their latest window, the most likely failure first. */
export function machinesTable(risks: readonly Risk[]): string {
  const alerts = risks.filter(({ predicted }) => predicted !== "none");
  if (risks.length === 0) return "no prediction yet: scoring waits for a model";
  if (alerts.length === 0) return `no alert: none of ${risks.length} machines is likely to fail within the horizon`;
  const rows = alerts
    .slice(0, MOST_MACHINES)
    .map(({ machineID, model, age, window_end, predicted, probabilities }) => [
      String(machineID),
      model ?? "–",
      String(age ?? "–"),
      minute(window_end),
      predicted,
      Math.max(...probabilities).toFixed(3),
    ]);
  const head = ["machine", "model", "age", "window end (UTC)", "expected", "probability"];
  const table = plainTable(head, rows, ["machine", "age", "probability"]);
  const title = `${alerts.length} of ${risks.length} machines to look at`;
  return `${title}${alerts.length > MOST_MACHINES ? `, the first ${MOST_MACHINES}` : ""}:\n${table}`;
}

/** What the file of predictions holds. */
export function predictionsLine({ rows, risks }: Findings): string {
  const predictions = rows["predictions"] ?? 0;
  if (predictions === 0) return "predictions.csv holds no prediction yet";
  const latest = risks.map((risk) => risk.latest).reduce((left, right) => (left > right ? left : right));
  return `predictions.csv holds ${count(predictions)} predictions of ${risks.length} machines, up to ${minute(latest)} UTC`;
}

function results(activities: readonly ActivityRun[]): string {
  const counts = new Map<string, number>();
  for (const { status } of activities) counts.set(status, (counts.get(status) ?? 0) + 1);
  if (counts.size === 1) return activities[0]!.status;
  return [...counts].map(([status, count]) => `${count} ${status}`).join(", ");
}

function total(activities: readonly ActivityRun[], name: string): string {
  const values = activities
    .map(({ output }) => output?.["runOutput"])
    .map((exit) => (isObject(exit) ? exit[name] : undefined))
    .filter((value) => typeof value === "number");
  return values.length === 0 ? "" : sum(values).toLocaleString("en");
}

function milliseconds({ start, end }: ActivityRun): number {
  return Date.parse(end) - Date.parse(start);
}

function sum(values: readonly number[]): number {
  return values.reduce((left, right) => left + right, 0);
}

function figure(value: number | null): string {
  if (value === null) return "";
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}
