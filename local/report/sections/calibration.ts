import type { TrainedExit } from "../../../contract/exits";
import { COMPONENTS } from "../../../contract/parts";
import { colourOf } from "../colour";
import { count, percent } from "../format";
import { html, table } from "../html";
import type { Section } from "../section";

/** Whether what was called 30 % probable failed three times out of ten, at each horizon. */
export function calibrationSection({ metrics }: TrainedExit): Section {
  const hours = metrics[COMPONENTS[0]].horizons.map((horizon) => horizon.hours);
  const rows = COMPONENTS.map((component) => [
    html`<span class="tag ${colourOf(component)}">${component}</span>`,
    ...metrics[component].horizons.flatMap(({ brier, calibration_error: error }) => [fine(brier), fine(error)]),
  ]);
  const head = ["component", ...hours.flatMap((its) => [`Brier, ${its} h`, `error, ${its} h`])];
  return {
    title: "How far a probability can be trusted",
    explanation:
      "On the hold-out: windows in tenths of the probability that was said, and the share of them that failed; on the dashed line the two are the same. The Brier score is the mean squared distance of what was said from what came true, the calibration error the mean distance between the two axes; of both, 0 is perfect.",
    content: [
      { id: "reliability", label: "Said and failed, by tenths", height: 300, option: reliability(metrics, hours) },
      table(
        head,
        rows,
        head.map((_, index) => index).filter((index) => index > 0),
      ),
    ],
  };
}

function reliability(metrics: TrainedExit["metrics"], hours: readonly number[]): object {
  const perfect = [[{ coord: [0, 0] }, { coord: [1, 1] }]];
  return {
    grid: { left: 56, right: 16, top: 36, bottom: 44 },
    legend: { top: 0, left: 0 },
    tooltip: { trigger: "item", formatter: "fn:tip" },
    xAxis: { ...SHARE, name: "said", nameGap: 26 },
    yAxis: { ...SHARE, name: "failed", nameGap: 42 },
    series: hours.map((its, index) => ({
      name: `within ${its} h`,
      type: "scatter",
      color: `var(--measure${index + 1})`,
      data: points(metrics, its),
      ...(index === 0 && {
        markLine: {
          symbol: "none",
          silent: true,
          lineStyle: { color: "var(--quiet)", type: "dashed", width: 1 },
          data: perfect,
        },
      }),
    })),
  };
}

const SHARE = {
  type: "value",
  min: 0,
  max: 1,
  interval: 0.25,
  nameLocation: "middle",
  axisLabel: { formatter: "fn:percent" },
};

/** A dot for each component and tenth, the larger the more windows it stands for. */
function points(metrics: TrainedExit["metrics"], hours: number): object[] {
  return COMPONENTS.flatMap((component) => {
    const at = metrics[component].horizons.find((horizon) => horizon.hours === hours);
    return (at?.reliability ?? []).map(({ said, failed, windows }) => ({
      value: [said, failed],
      symbolSize: 5 + 3 * Math.log10(windows),
      tip: `${component} within ${hours} h: ${percent(said)} said, ${percent(failed)} failed of ${count(windows)} windows`,
    }));
  });
}

function fine(value: number | null): string {
  return value === null ? "–" : value.toFixed(4);
}
