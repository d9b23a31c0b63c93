import { NONE, SEPARATOR } from "../../../contract/lake";
import { COMPONENTS } from "../../../contract/parts";
import { HORIZONS } from "../../../contract/widgets";
import { colourOf } from "../colour";
import type { Findings, Risk } from "../findings";
import { minute, percent } from "../format";
import { html, type Html, searchedTable, sentences, sortedBy } from "../html";
import type { Section } from "../section";

/** All machines at their latest window, those to look at first. */
export function riskSection({ risks, rows, horizonHours, windowHours }: Findings): Section {
  const alerts = risks.filter(isAlert).length;
  const title = alerts === 0 ? "No machine is expected to fail" : `${machines(alerts)} to look at`;
  return {
    title,
    explanation: `Probability that a component fails within ${horizonHours} hours of the end of a ${windowHours}-hour window, by the machine's newest alert that is still open or else its latest window. Large dots are alerts; each component has its own threshold. "When" is the probability of that failure within so many hours, "why" what adds most to it. ${extent(risks.length, rows["machines"] ?? 0)}`,
    content: [
      { id: "plant", label: "Probability of failure per machine and component", height: 260, option: plant(risks) },
      searchedTable(
        "Search machines",
        ["machine", "model", "age", "alert", "when", "why", ...COMPONENTS, "window end (UTC)"],
        risks.map((risk) => [
          risk.machineID,
          risk.model ?? "–",
          risk.age === null ? "–" : sortedBy(risk.age, `${risk.age} y`),
          alert(risk),
          when(risk),
          why(risk),
          ...risk.probabilities.map((probability, index) => sortedBy(probability, bar(probability, index))),
          minute(risk.window_end),
        ]),
        [0, 2],
      ),
    ],
  };
}

export function isAlert({ predicted }: { readonly predicted: string }): boolean {
  return predicted !== NONE;
}

/** What the table holds, and what it cannot. */
function extent(listed: number, known: number): string {
  const rest =
    known > listed
      ? `; ${machines(known - listed)} of the plant ${known - listed === 1 ? "has" : "have"} no prediction yet`
      : "";
  return `The table holds ${listed === 1 ? "the one machine" : `all ${listed} machines`} with a prediction${rest}. A click on a column's name sorts by it.`;
}

function machines(number: number): string {
  return number === 1 ? "1 machine" : `${number} machines`;
}

function alert(risk: Risk): Html {
  if (!isAlert(risk)) return html`<span class="quiet">none</span>`;
  return html`${risk.predicted.split(SEPARATOR).map((name) => html`<span class="tag ${colourOf(name)}">${name}</span> `)}`;
}

/** How probably each component that is expected to fail does so within how many hours. */
function when({ predicted, within }: Risk): Html {
  const lines = COMPONENTS.map((component, index) => ({ component, shares: within[index] ?? [] })).filter(
    ({ component, shares }) => predicted.split(SEPARATOR).includes(component) && shares.some((share) => share !== null),
  );
  const share = (one: number | null, index: number) => (one === null ? [] : [`${HORIZONS[index]} h ${percent(one)}`]);
  return sentences(lines.map(({ component, shares }) => `${component}: ${shares.flatMap(share).join(", ")}`));
}

/** What speaks for each component that is expected to fail. */
function why({ reasons }: Risk): Html {
  return sentences(reasons.map(({ component, text }) => `${component}: ${text}`));
}

function bar(probability: number, index: number): Html {
  const width = (probability * 100).toFixed(1);
  return html`<span class="bar"><i class="${colourOf(COMPONENTS[index]!)}" style="width:${width}%"></i></span>
    <span class="share">${percent(probability)}</span>`;
}

function plant(risks: readonly Risk[]): object {
  return {
    grid: { left: 48, right: 16, top: 36, bottom: 40 },
    legend: { top: 0, left: 0, data: [...COMPONENTS] },
    tooltip: { trigger: "item", formatter: "fn:tip" },
    xAxis: { type: "value", name: "machine", nameLocation: "middle", nameGap: 26, min: "dataMin", max: "dataMax" },
    yAxis: { type: "value", min: 0, max: 1, interval: 0.25, axisLabel: { formatter: "fn:percent" } },
    series: COMPONENTS.map((component, index) => ({
      name: component,
      type: "scatter",
      color: `var(--${colourOf(component)})`,
      data: risks.map((risk) => dot(risk, index)),
    })),
  };
}

function dot(risk: Risk, index: number): object {
  const probability = risk.probabilities[index]!;
  const component = COMPONENTS[index]!;
  const alerted = risk.predicted.split(SEPARATOR).includes(component);
  return {
    value: [risk.machineID, probability],
    tip: `machine ${risk.machineID} · ${component} ${percent(probability)}${alerted ? " · alert" : ""}`,
    symbolSize: alerted ? 11 : 5,
    itemStyle: { opacity: alerted ? 1 : 0.35 },
  };
}
