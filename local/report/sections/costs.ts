import { COMPONENTS } from "../../../contract/parts";
import { colourOf } from "../colour";
import { amount, percent, ratio } from "../format";
import { html, table } from "../html";
import type { CostedExit } from "../last-training";
import type { Section } from "../section";

/** Ways to look after a plant, as people call them. */
const WAYS = {
  run_to_failure: "run to failure",
  rhythm: "rhythm only",
  rule: "one-line rule",
  fixed: "threshold 0.5",
  model: "this model",
} as const;
type Way = keyof typeof WAYS;
const ways = Object.keys(WAYS) as readonly Way[];

/** What failures and warnings cost on the hold-out, and what the model saves. */
export function costsSection({ metrics }: CostedExit): Section {
  const rows = COMPONENTS.map((component) => {
    const { threshold, rhythm_days: days, ...its } = metrics[component];
    const spent: Record<Way, number | null> = {
      run_to_failure: its.cost_run_to_failure,
      rhythm: its.cost_rhythm,
      rule: its.cost_rule,
      fixed: its.cost_fixed,
      model: its.cost,
    };
    return [
      html`<span class="tag ${colourOf(component)}">${component}</span>`,
      ...ways.map((way) => amount(spent[way])),
      ratio(threshold),
      days === null ? "never" : `${days} days`,
    ];
  });
  const head = ["component", ...ways.map((way) => WAYS[way]), "its threshold", "rhythm"];
  return {
    title: "What it costs",
    explanation:
      "On the hold-out, per machine and month, in the currency of the setting costs: a failure that was warned of in time costs an intervention, any other a failure, and a false alarm an inspection. A rhythm replaces each component at the age that cost least before. The lines hold 90 % of what other machines of the plant would have given.",
    content: [
      html`<p>${others.map((way) => `${saving(metrics, way)} `)}</p>`,
      { id: "costs", label: "Cost per machine and month, with intervals", height: 220, option: bars(metrics) },
      table(head, rows, [1, 2, 3, 4, 5, 6, 7]),
    ],
  };
}

type Metrics = CostedExit["metrics"];
const others = ["run_to_failure", "rhythm", "rule", "fixed"] as const;

/** In words, with its interval. */
function saving({ costs, savings }: Metrics, against: (typeof others)[number]): string {
  const { value, low, high } = savings[against];
  const whole = costs[against].value;
  const share = value > 0 && whole > 0 ? `, ${percent(value / whole)}` : "";
  const interval = value < 0 ? `${amount(-high)} to ${amount(-low)}` : `${amount(low)} to ${amount(high)}`;
  const verb = value < 0 ? "costs more by" : "saves";
  const chance = low <= 0 && high >= 0 ? ", which may be chance" : "";
  return `Against ${NAMES[against]} the model ${verb} ${amount(Math.abs(value))} per machine and month (${interval})${share}${chance}.`;
}

const NAMES = {
  run_to_failure: "running to failure",
  rhythm: "a rhythm only",
  rule: "the one-line rule",
  fixed: "a threshold of 0.5",
} as const;

function bars({ costs }: Metrics): object {
  return {
    grid: { left: 110, right: 24, top: 8, bottom: 28 },
    tooltip: { trigger: "item", formatter: "fn:tip" },
    xAxis: { type: "value", min: 0 },
    yAxis: { type: "category", inverse: true, data: ways.map((way) => WAYS[way]), axisTick: { show: false } },
    series: [
      {
        type: "bar",
        barMaxWidth: 22,
        itemStyle: { borderRadius: [0, 3, 3, 0] },
        data: ways.map((way) => ({
          value: costs[way].value,
          tip: `${WAYS[way]}: ${amount(costs[way].value)} (${amount(costs[way].low)} to ${amount(costs[way].high)})`,
          itemStyle: { color: way === "model" ? "var(--measure1)" : "var(--measure4)" },
        })),
      },
      {
        type: "custom",
        renderItem: "fn:whisker",
        color: "var(--muted)",
        silent: true,
        encode: { x: [1, 2], y: 0 },
        data: ways.map((way, row) => [row, costs[way].low, costs[way].high]),
      },
    ],
  };
}
