import type { Findings, MonitoredRun } from "../findings";
import { count, minute, percent, ratio } from "../format";
import { html, table } from "../html";
import type { Section } from "../section";

/** The latest runs that the table has room for. */
const SHOWN = 10;
/** Population stability index from which the data are no longer those that the model has learned from. */
const DRIFTED = 0.25;
/** Of so few windows the index is large by chance. */
const FEW_WINDOWS = 500;

/** How the plant, its data and the model change from run to run. */
export function monitoringSection({ monitoring }: Findings): Section {
  const shown = monitoring.slice(-SHOWN).reverse();
  const rows = shown.map((run) => [
    minute(run.lastWindow),
    count(run.rows),
    count(run.quarantined),
    count(run.windows),
    count(run.alerts),
    percent(run.predictionRate),
    run.drift === null ? "–" : html`${ratio(run.drift)} <span class="muted">${run.drifted ?? ""}</span>`,
    ratio(run.precision),
    ratio(run.recall),
  ]);
  const left = monitoring.length > SHOWN ? ` The table holds the ${SHOWN} latest of ${monitoring.length} runs.` : "";
  const head = ["up to window (UTC)", "rows in", "quarantined", "windows", "alerts", "alert rate", "drift"];
  return {
    title: "How the runs went",
    explanation: `Every run that scored something, from the table monitoring: the share of windows with an alert, and precision and recall over the 30 days whose outcome was known by then. Drift is the stability index of the feature that is furthest from the training: above ${DRIFTED} much has changed; fewer than ${FEW_WINDOWS} windows reach that by chance.${left}`,
    content: [
      ...(monitoring.length < 2
        ? []
        : [{ id: "monitoring", label: "Alerts, precision and recall by run", height: 240, option: lines(monitoring) }]),
      table([...head, "precision", "recall"], rows, [1, 2, 3, 4, 5, 6, 7, 8]),
    ],
  };
}

function lines(runs: readonly MonitoredRun[]): object {
  const series = {
    "alert rate": ({ predictionRate }: MonitoredRun) => predictionRate,
    precision: ({ precision }: MonitoredRun) => precision,
    recall: ({ recall }: MonitoredRun) => recall,
  };
  return {
    grid: { left: 48, right: 16, top: 36, bottom: 28 },
    legend: { top: 0, left: 0 },
    tooltip: { trigger: "axis", valueFormatter: "fn:ratio" },
    xAxis: { type: "category", data: runs.map(({ lastWindow }) => minute(lastWindow)), axisTick: { show: false } },
    yAxis: { type: "value", min: 0, max: 1, interval: 0.25 },
    series: Object.entries(series).map(([name, value], index) => ({
      name,
      type: "line",
      symbolSize: 5,
      connectNulls: true,
      color: `var(--measure${index + 1})`,
      data: runs.map(value),
    })),
  };
}
