import { amount, duration, percent, ratio } from "../../../local/report/format";
import type { Html } from "../../../local/report/html";
import type { Chart } from "../../../local/report/section";
import { costsSection } from "../../../local/report/sections/costs";
import { freshnessSection } from "../../../local/report/sections/freshness";
import { monitoringSection } from "../../../local/report/sections/monitoring";
import { qualitySection } from "../../../local/report/sections/quality";
import { timelineSection } from "../../../local/report/sections/timeline";
import { tracesSection, trailingMean } from "../../../local/report/sections/traces";
import { activity, findings, pipelineRun, trained } from "./example";

interface Option {
  readonly series: readonly { readonly name: string; readonly color: string; readonly data: readonly unknown[] }[];
  readonly yAxis: { readonly data: readonly string[] };
}

const HOUR = 3_600_000;

test("a trailing mean covers hours, not readings, and begins when it is complete", () => {
  const points = [0, 1, 2, 3, 5].map((hour) => [hour * HOUR, hour * 10] as const);
  expect(trailingMean(points, 3)).toEqual([
    [2 * HOUR, 10],
    [3 * HOUR, 20],
    [5 * HOUR, 40],
  ]);
});

test("only the sensor of an expected failure wears its component's colour", () => {
  const [chart] = tracesSection(findings).content as Chart[];
  const colours = new Map((chart!.option as Option).series.map(({ name, color }) => [name, color]));
  expect(colours.get("volt, 12 h mean")).toBe("var(--component1)");
  expect(colours.get("rotate, 12 h mean")).toBe("var(--muted)");
  expect(colours.get("vibration, 12 h mean")).toBe("var(--component4)");
});

test("behind the alerts are machines with an alert and no others, and those that are left out are counted", () => {
  const [alerted] = findings.traces;
  const quiet = { ...alerted!, machineID: 1, predicted: "none" };
  const risks = [...findings.risks, { ...findings.risks[0]!, machineID: 3 }];
  const section = tracesSection({ ...findings, risks, traces: [alerted!, quiet] });
  expect(section.title).toBe("Behind the alerts");
  expect((section.content as Chart[]).map(({ id }) => id)).toEqual(["machine-2"]);
  expect(section.explanation).toContain("The first 1 of 2 machines are drawn.");
  const calm = tracesSection({ ...findings, risks: [findings.risks[1]!], traces: [quiet] });
  expect([calm.title, calm.content.length]).toEqual(["Behind the highest probabilities", 1]);
});

test("activities inside a condition are drawn, the condition around them and skipped ones are not", () => {
  const run = pipelineRun("scoring", 60, [
    activity("ingest", 60, 64),
    { ...activity("if_new_data", 64, 70), type: "IfCondition" },
    { ...activity("feature_engineering", 64, 66), attempts: 2 },
    { ...activity("scoring", 66, 66), status: "Skipped", attempts: 0 },
  ]);
  const { option } = timelineSection([run]).content[0] as Chart;
  const { series, yAxis } = option as Option;
  expect(yAxis.data).toEqual(["scoring 08:01:00"]);
  expect(series.map(({ name, data }) => [name, data])).toEqual([
    ["ingest", [{ value: [0, 0, 4], tip: "scoring · ingest · 4.0 s · Succeeded" }]],
    [
      "feature_engineering",
      [{ value: [0, 4, 6], tip: "scoring · feature_engineering · 2.0 s · Succeeded · 2 attempts" }],
    ],
    ["scoring", []],
  ]);
});

test("of many runs the latest are shown, and the page says so", () => {
  const runs = Array.from({ length: 45 }, (_, index) =>
    pipelineRun("scoring", index, [activity("ingest", index, index + 1)]),
  );
  const { content, explanation } = timelineSection(runs);
  expect(((content[0] as Chart).option as Option).yAxis.data).toHaveLength(40);
  expect(explanation).toContain("The 40 latest of 45 runs are shown.");
});

test("numbers are written for people", () => {
  expect([
    duration(7.44),
    duration(125.4),
    percent(0.874),
    percent(0.0123),
    percent(0),
    ratio(NaN),
    ratio(0.5),
  ]).toEqual(["7.4 s", "2 min 05 s", "87 %", "1.2 %", "0 %", "–", "0.500"]);
});

test("an amount has three digits that count, however large or small the currency", () => {
  expect([1_234_567, 1_234, 12.34, 0.4567, 0, -20.04, null].map(amount)).toEqual([
    "1,230,000",
    "1,230",
    "12.3",
    "0.457",
    "0",
    "-20",
    "–",
  ]);
});

test("a model that costs more says so, and one that nothing was spent beside saves no share", () => {
  const dearer = { value: -50, low: -80, high: -20 };
  const nothing = { value: 0, low: 0, high: 0 };
  const costs = { ...trained.metrics.costs!, rule: nothing };
  const savings = { ...trained.metrics.savings!, rhythm: dearer, rule: nothing };
  const metrics = { ...trained.metrics, costs, savings };
  const [words, , rows] = costsSection({ ...trained, metrics }).content as readonly [Html, Chart, Html];
  expect(words.text).toContain("Against a rhythm only the model costs more by 50 per machine and month (20 to 80).");
  expect(words.text).toContain("the model saves 0 per machine and month (0 to 0), which may be chance.");
  expect(rows.text).toContain("105 days");
  const never = { ...metrics, comp1: { ...metrics.comp1, rhythm_days: null, cost_rule: null } };
  const [, , unknown] = costsSection({ ...trained, metrics: never }).content as readonly [Html, Chart, Html];
  expect(unknown.text).toContain("never");
  expect(unknown.text).toContain("–");
});

test("of many monitored runs the table holds the latest, and the page says so", () => {
  const monitoring = Array.from({ length: 30 }, () => findings.monitoring[0]!);
  expect(monitoringSection({ ...findings, monitoring }).explanation).toContain("the 10 latest of 30 runs");
});

test("figures of the model come after what they rest on", () => {
  const exit = { ...trained, evidence: "failures in the hold-out: 1, of 10 that show how good it is" };
  const [first] = qualitySection(exit, findings).content as readonly Html[];
  expect(first!.text).toBe('<p class="note">failures in the hold-out: 1, of 10 that show how good it is</p>');
});

test("monitoring shows the newest run first, and which feature has moved furthest", () => {
  const { content } = monitoringSection(findings);
  const [chart, rows] = content as readonly [Chart, Html];
  expect((chart.option as Option).series.map(({ name, data }) => [name, data])).toEqual([
    ["alert rate", [0.02, 0.02]],
    ["precision", [null, 0.9]],
    ["recall", [null, 0.9]],
  ]);
  expect(rows.text.indexOf("2016-01-01 12:00")).toBeLessThan(rows.text.indexOf("2015-12-31 12:00"));
  expect(rows.text).toMatch(/0\.310 <span class="muted">volt_mean_24h/);
});

test("waits of files are told in words, drawn by run and listed newest first", () => {
  const { content, explanation } = freshnessSection(findings.freshness!);
  const [words, chart, rows] = content as readonly [Html, Chart, Html];
  expect(words.text).toContain(
    "Of 6 files, half had their predictions within 41.0 s of landing and 95 % within 1 min 16 s; one waited 2 min 05 s, the longest.",
  );
  expect((chart.option as Option).series.map(({ name, data }) => [name, data])).toEqual([
    ["half within", [41, 38]],
    ["95 % within", [75.5, 43]],
    ["longest", [125.4, 43]],
  ]);
  expect(rows.text.indexOf("2026-01-01 09:00")).toBeLessThan(rows.text.indexOf("2026-01-01 08:00"));
  expect(explanation).toMatch(/left out, and so is a file that no window needs\.$/);
});

test("the wait of one run is not drawn, and of many the latest are listed", () => {
  const { runs, ...all } = findings.freshness!;
  const one = freshnessSection({ ...all, files: 1, runs: runs.slice(0, 1) });
  expect((one.content as readonly Html[]).map(({ text }) => text.includes("One file waited 2 min 05 s."))).toEqual([
    true,
    false,
  ]);
  const many = freshnessSection({ ...all, runs: Array.from({ length: 12 }, () => runs[0]!) });
  expect(many.explanation).toContain("The table holds the 10 latest of 12 runs.");
});
