import type { TrainedExit, TrainingExit } from "../../../contract/exits";
import { COMPONENTS } from "../../../contract/parts";
import { colourOf } from "../colour";
import type { Findings, Realised } from "../findings";
import { count, minute, ratio } from "../format";
import { html, table } from "../html";
import { hasModel, MEASURES } from "../last-training";
import type { Section } from "../section";

/** How good the model was on the hold-out, and on what has arrived since. */
export function qualitySection(training: TrainingExit, { realised, horizonHours }: Findings): Section {
  const title = "How good the model is";
  if (!hasModel(training))
    return {
      title,
      explanation: "Training made no model, because the data cannot teach one yet. The next training tries again.",
      content: [html`<p class="note">${training.reason}</p>`],
    };
  const { metrics, evidence } = training;
  const rows = COMPONENTS.map((component) => {
    const its = metrics[component];
    return [
      html`<span class="tag ${colourOf(component)}">${component}</span>`,
      ...MEASURES.map(([measure]) => ratio(its[measure])),
      ratio(its.threshold),
      `${count(its.warned)} of ${count(its.failures)}`,
      ratio(its.false_alarms_per_machine_month),
    ];
  });
  const period = `${day(training.test_from)} to ${day(training.test_to)}`;
  const titles = MEASURES.map(([, name]) => name);
  const head = ["component", ...titles, "threshold", "failures warned of", "false alarms per machine and month"];
  return {
    title,
    explanation: `Per component on the hold-out, ${period}, which training never saw: precision is the share of alerts that a failure within ${horizonHours} hours confirmed, recall the share of windows before a failure that raised one.`,
    content: [
      html`<p class="note">${evidence}</p>`,
      { id: "quality", label: "Model quality per component", height: 240, option: bars(training) },
      table(head, rows, [1, 2, 3, 4, 5, 6, 7]),
      html`<p class="note">${overall(training)}</p>`,
      ...(realised.length === 0 ? [] : [html`<h3>On the deliveries since</h3>`, realisedTable(realised)]),
    ],
  };
}

function overall({ model_version, promoted, reason, metrics }: TrainedExit): string {
  const figures = [`macro F1 ${ratio(metrics.macro_f1)}`, `rule macro F1 ${ratio(metrics.rule_macro_f1)}`];
  const verdict = `${promoted ? "champion" : "not promoted"}: ${reason}`;
  return [`Model version ${model_version}`, verdict, ...figures].join(" · ");
}

const day = (time: string): string => minute(time).slice(0, 10);

function bars({ metrics }: TrainedExit): object {
  return {
    grid: { left: 48, right: 16, top: 36, bottom: 28 },
    legend: { top: 0, left: 0 },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: "fn:ratio" },
    xAxis: { type: "category", data: COMPONENTS, axisTick: { show: false } },
    yAxis: { type: "value", min: 0, max: 1, interval: 0.25 },
    series: MEASURES.map(([measure, name], index) => ({
      name,
      type: "bar",
      barMaxWidth: 26,
      color: `var(--measure${index + 1})`,
      itemStyle: { borderRadius: [3, 3, 0, 0] },
      data: COMPONENTS.map((component) => metrics[component][measure]),
    })),
  };
}

function realisedTable(realised: readonly Realised[]) {
  const rows = realised.map(({ component, hits, falseAlarms, misses }) => [
    html`<span class="tag ${colourOf(component)}">${component}</span>`,
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
