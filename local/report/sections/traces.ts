import { SEPARATOR } from "../../../contract/lake";
import { COMPONENTS, SENSORS } from "../../../contract/parts";
import { PLANT } from "../../../contract/plant";
import { colourOf } from "../colour";
import type { Findings, Trace } from "../findings";
import { minute } from "../format";
import type { Chart, Section } from "../section";
import { isAlert } from "./risk";

const HOUR = 3_600_000;
const PROBABILITY = { top: 76, height: 76 };
const SENSOR = { first: 176, height: 68, gap: 22 };
const EVENTS = { height: 58 };
const EVENT_COLOUR = { errors: "var(--error)", maint: "var(--maint)", failures: "var(--failure)" } as const;
const EVENT_SYMBOL = { errors: "triangle", maint: "rect", failures: "diamond" } as const;

/** What the machines that are most at risk did in the week before. */
export function tracesSection({ risks, traces, horizonHours }: Findings): Section {
  const alerts = traces.filter(isAlert);
  const shown = alerts.length > 0 ? alerts : traces;
  const all = alerts.length > 0 ? risks.filter(isAlert).length : risks.length;
  const left = all > shown.length ? ` The first ${shown.length} of ${all} machines are drawn.` : "";
  return {
    title: alerts.length > 0 ? "Behind the alerts" : "Behind the highest probabilities",
    explanation: `The last seven days of the machines most at risk: hourly readings with their 12-hour mean against the machine's own long-term mean (dashed), the machine's logs, and what the model said; the shaded period is the ${horizonHours} hours that the prediction is about.${left}`,
    content: shown.map((trace) => traceChart(trace, horizonHours)),
  };
}

function traceChart(trace: Trace, horizonHours: number): Chart {
  const expected = trace.predicted.split(SEPARATOR);
  const end = Date.parse(trace.end);
  const range = { min: end - 7 * 24 * HOUR, max: end + horizonHours * HOUR };
  const panels = [PROBABILITY, ...SENSORS.map((_, index) => ({ top: sensorTop(index), height: SENSOR.height }))];
  const events = { top: sensorTop(SENSORS.length), ...EVENTS };
  const last = panels.length;
  const verdict = !isAlert(trace) ? "no alert" : `${expected.join(" and ")} expected to fail`;
  return {
    id: `machine-${trace.machineID}`,
    label: `Machine ${trace.machineID}: ${verdict}`,
    height: events.top + events.height + 34,
    option: {
      title: {
        text: `Machine ${trace.machineID}`,
        subtext: `${verdict} · ${minute(trace.window_end)} UTC`,
        top: 0,
        left: 0,
      },
      legend: { top: 44, left: 0, data: [...COMPONENTS], selectedMode: false },
      tooltip: { trigger: "axis", valueFormatter: "fn:reading" },
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      grid: [...panels, events].map((panel) => ({ left: 76, right: 14, ...panel })),
      xAxis: [...panels, events].map((_, index) => ({
        type: "time",
        gridIndex: index,
        ...range,
        axisLabel: { show: index === last, formatter: "{MMM} {d}", hideOverlap: true },
        axisTick: { show: index === last },
        splitLine: { show: true },
      })),
      yAxis: [
        panel(0, "probability", { min: 0, max: 1, interval: 0.5, axisLabel: { formatter: "fn:percent" } }),
        ...SENSORS.map((sensor, index) => panel(index + 1, sensor, { scale: true, splitNumber: 2 })),
        { type: "category", gridIndex: last, data: ["maint", "errors", "failures"], axisTick: { show: false } },
      ],
      series: [
        ...COMPONENTS.map((component, index) => probability(trace, component, index, horizonHours)),
        ...SENSORS.flatMap((sensor, index) => readings(trace, sensor, index, expected)),
        ...(["errors", "maint", "failures"] as const).map((table) => marks(trace, table, last)),
      ],
    },
  };
}

function sensorTop(index: number): number {
  return SENSOR.first + index * (SENSOR.height + SENSOR.gap);
}

function panel(index: number, name: string, scale: object): object {
  return { type: "value", gridIndex: index, name, nameLocation: "middle", nameGap: 52, ...scale };
}

function probability(trace: Trace, component: string, index: number, horizonHours: number): object {
  const from = Date.parse(trace.window_end);
  const horizon = [{ xAxis: from }, { xAxis: from + horizonHours * HOUR }];
  return {
    name: component,
    type: "line",
    color: `var(--${colourOf(component)})`,
    symbolSize: 5,
    data: trace.windows.map(({ at, values }) => [Date.parse(at), values[index]]),
    ...(index === 0 && { markArea: { silent: true, itemStyle: { color: "var(--horizon)" }, data: [horizon] } }),
  };
}

/** The sensor of a component that is expected to fail wears its colour, the others stay in the background. */
function readings(trace: Trace, sensor: string, index: number, expected: readonly string[]): object[] {
  const component = PLANT.components.find((one) => one.sensor === sensor && expected.includes(one.name));
  const colour = component ? `var(--${colourOf(component.name)})` : "var(--muted)";
  const hourly = trace.telemetry.flatMap(({ at, values }) => {
    const value = values[index];
    return typeof value === "number" ? [[Date.parse(at), value] as const] : [];
  });
  const axes = { type: "line", xAxisIndex: index + 1, yAxisIndex: index + 1, showSymbol: false, color: colour };
  const usual = { symbol: "none", silent: true, label: { show: false }, data: [{ yAxis: trace.usual[index] }] };
  return [
    { ...axes, name: `${sensor}, hourly`, data: hourly, lineStyle: { width: 1, opacity: 0.35 } },
    {
      ...axes,
      name: `${sensor}, 12 h mean`,
      data: trailingMean(hourly, 12),
      lineStyle: { width: 2 },
      markLine: { ...usual, lineStyle: { color: "var(--quiet)", type: "dashed", width: 1 } },
    },
  ];
}

function marks(trace: Trace, table: "errors" | "maint" | "failures", grid: number): object {
  const events = trace.events.filter((event) => event.table === table);
  return {
    name: table,
    type: "scatter",
    xAxisIndex: grid,
    yAxisIndex: grid,
    symbol: EVENT_SYMBOL[table],
    symbolSize: 9,
    color: EVENT_COLOUR[table],
    tooltip: { trigger: "item", formatter: "fn:tip" },
    label: { show: true, position: "right", formatter: "{b}", fontSize: 11, color: "var(--muted)" },
    data: events.map(({ at, what }) => ({
      name: what,
      value: [Date.parse(at), table],
      tip: `${minute(at)} · ${what}`,
    })),
  };
}

/** At each point the mean of the last `hours`, from where the points go that far back. */
export function trailingMean(points: readonly (readonly [number, number])[], hours: number): [number, number][] {
  const reach = hours * HOUR;
  const enough = points.filter(([time]) => time - reach >= points[0]![0] - HOUR);
  return enough.map(([time]) => {
    const values = points.filter(([other]) => other > time - reach && other <= time).map(([, value]) => value);
    return [time, Number((values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2))];
  });
}
