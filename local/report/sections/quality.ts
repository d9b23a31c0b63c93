import { isObject, type JsonObject, type PipelineRun } from "adf-local";
import { COMPONENTS } from "../../../contract/plant";
import type { Findings, Realised } from "../findings";
import { count, minute, ratio } from "../format";
import { html, table } from "../html";
import type { Section } from "../section";

const MEASURES = { precision: "precision", recall: "recall", f1: "F1", pr_auc: "PR-AUC" } as const;
type Measure = keyof typeof MEASURES;

/** The exit value of the last successful training notebook, if there was one. */
export function lastTraining(runs: readonly PipelineRun[]): JsonObject | undefined {
  return runs
    .flatMap(({ activities }) => activities)
    .filter(({ status }) => status === "Succeeded")
    .map(({ output }) => output?.["runOutput"])
    .filter((exit) => isObject(exit) && isObject(exit["metrics"]))
    .at(-1) as JsonObject | undefined;
}

/** How good the model was on the hold-out, and on what has arrived since. */
export function qualitySection(training: JsonObject, { realised, horizonHours }: Findings): Section {
  const metrics = training["metrics"] as JsonObject;
  const trained = COMPONENTS.filter((component) => isObject(metrics[component]));
  const figure = (component: string, name: string) => {
    const value = (metrics[component] as JsonObject)[name];
    return typeof value === "number" ? value : undefined;
  };
  const rows = trained.map((component) => [
    html`<span class="tag ${component}">${component}</span>`,
    ...Object.keys(MEASURES).map((measure) => ratio(figure(component, measure))),
    ratio(figure(component, "threshold")),
    `${count(figure(component, "warned") ?? 0)} of ${count(figure(component, "failures") ?? 0)}`,
    ratio(figure(component, "false_alarms_per_machine_month")),
  ]);
  const period = `${time(training["test_from"])} to ${time(training["test_to"])}`;
  if (trained.length === 0)
    return {
      title: "How good the model is",
      explanation: "Training made no model, because the data cannot teach one yet. The next training tries again.",
      content: [html`<p class="note">${String(training["reason"])}</p>`],
    };
  return {
    title: "How good the model is",
    explanation: `Per component on the hold-out, ${period}, which training never saw: precision is the share of alerts that a failure within ${horizonHours} hours confirmed, recall the share of windows before a failure that raised one.`,
    content: [
      ...(typeof training["evidence"] === "string" ? [html`<p class="note">${training["evidence"]}</p>`] : []),
      { id: "quality", label: "Model quality per component", height: 240, option: bars(trained, figure) },
      table(
        [
          "component",
          ...Object.values(MEASURES),
          ...["threshold", "failures warned of", "false alarms per machine and month"],
        ],
        rows,
        [1, 2, 3, 4, 5, 6, 7],
      ),
      html`<p class="note">${overall(training, metrics)}</p>`,
      ...(realised.length === 0 ? [] : [html`<h3>On the deliveries since</h3>`, realisedTable(realised)]),
    ],
  };
}

function overall(training: JsonObject, metrics: JsonObject): string {
  const figures = Object.entries(metrics).flatMap(([name, value]) =>
    typeof value === "number" ? [`${name.replaceAll("_", " ").replace("f1", "F1")} ${ratio(value)}`] : [],
  );
  const reason = typeof training["reason"] === "string" ? `: ${training["reason"]}` : "";
  const promoted = `${training["promoted"] === true ? "champion" : "not promoted"}${reason}`;
  return [`Model version ${String(training["model_version"])}`, promoted, ...figures].join(" · ");
}

function time(value: unknown): string {
  return typeof value === "string" && value !== "" ? minute(value).slice(0, 10) : "its end";
}

function bars(
  components: readonly string[],
  figure: (component: string, measure: Measure) => number | undefined,
): object {
  return {
    grid: { left: 48, right: 16, top: 36, bottom: 28 },
    legend: { top: 0, left: 0 },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: "fn:ratio" },
    xAxis: { type: "category", data: components, axisTick: { show: false } },
    yAxis: { type: "value", min: 0, max: 1, interval: 0.25 },
    series: Object.entries(MEASURES).map(([measure, name], index) => ({
      name,
      type: "bar",
      barMaxWidth: 26,
      color: `var(--measure${index + 1})`,
      itemStyle: { borderRadius: [3, 3, 0, 0] },
      data: components.map((component) => figure(component, measure as Measure) ?? null),
    })),
  };
}

function realisedTable(realised: readonly Realised[]) {
  const rows = realised.map(({ component, hits, falseAlarms, misses }) => [
    html`<span class="tag ${component}">${component}</span>`,
    ratio(hits / (hits + falseAlarms)),
    ratio(hits / (hits + misses)),
    ratio((2 * hits) / (2 * hits + falseAlarms + misses)),
    count(hits),
    count(falseAlarms),
    count(misses),
  ]);
  const head = ["component", "precision", "recall", "F1", "right alerts", "false alerts", "missed windows"];
  return table(head, rows, [1, 2, 3, 4, 5, 6]);
}
