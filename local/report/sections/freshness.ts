import type { Freshness } from "../findings";
import { count, duration, minute } from "../format";
import { html, table } from "../html";
import type { Section } from "../section";

/** The latest runs that the table has room for. */
const SHOWN = 10;

/** How long files waited for predictions. */
export function freshnessSection(freshness: Freshness): Section {
  const { runs } = freshness;
  const rows = runs
    .slice(-SHOWN)
    .reverse()
    .map((run) => [minute(run.scoredAt), count(run.files), ...figuresOf(run).map(([, value]) => duration(value))]);
  const left = runs.length > SHOWN ? ` The table holds the ${SHOWN} latest of ${runs.length} runs.` : "";
  return {
    title: "From landing to prediction",
    explanation: `How long files waited, from their landing to the predictions that they changed or confirmed, by the run that made these. What landed before there was a model waited for that model and is left out, and so is a file that no window needs.${left}`,
    content: [
      html`<p class="note">${inWords(freshness)}</p>`,
      ...(runs.length < 2
        ? []
        : [{ id: "freshness", label: "Seconds from landing to prediction by run", height: 240, option: lines(runs) }]),
      table(["scored at (UTC)", "files", ...figuresOf(freshness).map(([name]) => name)], rows, [1, 2, 3, 4]),
    ],
  };
}

const figuresOf = ({ median, p95, longest }: Omit<Freshness, "runs">) =>
  [
    ["half within", median],
    ["95 % within", p95],
    ["longest", longest],
  ] as const;

function inWords({ files, median, p95, longest }: Freshness): string {
  if (files === 1) return `One file waited ${duration(longest)}.`;
  return `Of ${count(files)} files, half had their predictions within ${duration(median)} of landing and 95 % within ${duration(p95)}; one waited ${duration(longest)}, the longest.`;
}

function lines(runs: Freshness["runs"]): object {
  return {
    grid: { left: 56, right: 16, top: 36, bottom: 28 },
    legend: { top: 0, left: 0 },
    tooltip: { trigger: "axis", valueFormatter: "fn:reading" },
    xAxis: { type: "category", data: runs.map(({ scoredAt }) => minute(scoredAt)), axisTick: { show: false } },
    yAxis: { type: "value", min: 0, name: "seconds" },
    series: figuresOf(runs[0]!).map(([name], index) => ({
      name,
      type: "line",
      symbolSize: 5,
      color: `var(--measure${index + 1})`,
      data: runs.map((run) => figuresOf(run)[index]![1]),
    })),
  };
}
