import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster, NotebookRun } from "../../../local/cluster/cluster";
import { lastTraining } from "../../../local/report/last-training";
import { renderReport, writeReport } from "../../../local/report/report";
import { activity, findings, pipelineRun, quality, trained, training } from "./example";

/** The charts of a page: their options by id. */
function charts(page: string): Record<string, { series: { name: string; data: unknown[] }[]; yAxis: unknown }> {
  const scripts = page.matchAll(/<script type="application\/json" id="(.*)-option">([^]*?)<\/script>/g);
  return Object.fromEntries([...scripts].map(([, id, json]) => [id!, JSON.parse(json!)]));
}

/** The page without what is in its scripts and styles, and without space between elements. */
function markup(page: string): string {
  return page.replaceAll(/(<(script|style)[^>]*>)[^]*?<\/\2>/g, "$1").replaceAll(/>\s+</g, "><");
}

const page = renderReport("dev", [training], findings);

test("the report is one file that needs no network", () => {
  expect(markup(page)).not.toMatch(/(src|href)=|<(link|img|iframe)/);
  expect(page.match(/<style>[^]*?<\/style>/)![0]).not.toMatch(/@import|url\(/);
  expect(page).toContain("echarts.init");
});

test("the figures on top are those of the run", () => {
  expect(markup(page)).toContain("<dt>machines to look at</dt><dd>1</dd>");
  expect(markup(page)).toContain("<dt>macro F1, hold-out</dt><dd>0.686</dd>");
  expect(markup(page)).toContain("telemetry from 2016-01-01 00:00 to 2016-01-01 23:00 UTC");
});

test("machines at risk, the traces behind them, quality, costs, runs, freshness and timeline have a chart each", () => {
  const drawn = ["plant", "machine-2", "quality", "costs", "reliability", "monitoring", "freshness", "timeline"];
  expect(Object.keys(charts(page))).toEqual(drawn);
  expect(charts(page)["quality"]!.series.map(({ name }) => name)).toEqual(["precision", "recall", "F1", "PR-AUC"]);
  expect(markup(page)).toContain("1 machine to look at");
  expect(markup(page)).toContain('comp1</span><span class="tag component4">comp4');
});

test("a machine with an alert says within how many hours what fails how probably, and why", () => {
  expect(markup(page)).toContain("<li>comp1: 12 h 45 %, 24 h 90 %, 48 h 90 %, 72 h 100 %</li>");
  expect(markup(page)).toContain("<li>comp1: error1 23 h ago</li>");
  expect(markup(page)).not.toContain("comp2: 12 h");
});

test("probabilities are held against what failed, at each horizon, where training measured it", () => {
  const { series } = charts(page)["reliability"]!;
  expect(series.map(({ name }) => name)).toEqual([12, 24, 48, 72].map((hours) => `within ${hours} h`));
  expect(series[1]!.data[1]).toMatchObject({
    value: [0.93, 0.9],
    tip: "comp1 within 24 h: 93 % said, 90 % failed of 20 windows",
  });
  expect(markup(page)).toContain('<td class="number">0.0040</td><td class="number">0.0020</td>');
  const before = { ...trained.metrics, comp1: { ...quality, horizons: [] } };
  const older = pipelineRun("training", 0, [activity("training", 0, 1, { ...trained, metrics: before })]);
  expect(charts(renderReport("dev", [older], findings))["reliability"]).toBeUndefined();
});

test("what it costs is drawn with intervals, and what the model saves is said in words", () => {
  const { series, yAxis } = charts(page)["costs"]!;
  expect(yAxis).toMatchObject({
    data: ["run to failure", "rhythm only", "one-line rule", "threshold 0.5", "this model"],
  });
  expect(series[0]!.data[4]).toMatchObject({ value: 1_240, tip: "this model: 1,240 (1,080 to 1,400)" });
  expect(series[1]!.data[4]).toEqual([4, 1_080, 1_400]);
  expect(markup(page)).toContain(
    "Against running to failure the model saves 3,880 per machine and month (3,490 to 4,270), 76 %.",
  );
  expect(markup(page)).toContain(
    "Against a threshold of 0.5 the model saves 120 per machine and month (-20 to 260), 8.8 %, which may be chance.",
  );
  expect(markup(page)).toContain('<td class="number">105 days</td>');
});

test("an exit of an older release says nothing of costs, and the page neither", () => {
  const metrics = { ...trained.metrics, costs: undefined, savings: undefined };
  const older = pipelineRun("training", 0, [activity("training", 0, 1, { ...trained, metrics })]);
  expect(charts(renderReport("dev", [older], findings))["costs"]).toBeUndefined();
  expect(lastTraining([older])).toMatchObject({ metrics: { costs: null, savings: null } });
});

test("every machine is listed, however many, for the reader to sort and search", () => {
  const risks = Array.from({ length: 300 }, (_, index) => ({ ...findings.risks[1]!, machineID: index + 1 }));
  const rows = { ...findings.rows, machines: 301 };
  const text = markup(renderReport("dev", [training], { ...findings, risks, rows }));
  const [listed] = /<div class="searched" data-searched="Search machines">[^]*?<\/table>/.exec(text)!;
  expect(listed.match(/<td class="number">\d+<\/td>/g)).toHaveLength(300);
  expect(listed).toContain('<span data-value="0.04"><span class="bar">');
  expect(text).toContain(
    "The table holds all 300 machines with a prediction; 1 machine of the plant has no prediction",
  );
  expect(page).toContain("[data-searched]");
});

test("tables that are wider than the page scroll, also by the keyboard, and show that they do", () => {
  expect(markup(page).match(/<table>/g)).toHaveLength(
    markup(page).match(/<div class="scroll" role="region" tabindex="0" aria-label="Table: [^"]+"><table>/g)!.length,
  );
  const style = page.match(/<style>[^]*?<\/style>/)![0];
  expect(style).toMatch(/\.scroll \{\s+overflow-x: auto;\s+background:\s+linear-gradient/);
  expect(style).toContain(".scroll::-webkit-scrollbar-thumb");
});

test("what notebooks and data say is escaped", () => {
  expect(markup(page)).toContain("volt &#60;none&#62;");
  const hostile = { ...activity("ingest", 0, 1), status: "Failed" as const, error: "</script><b>no</b>" };
  expect(markup(renderReport("dev", [pipelineRun("scoring", 0, [hostile])], findings))).toContain("&#60;/script&#62;");
});

test("a run that failed before anything was scored still has a report", () => {
  const empty = { risks: [], traces: [], quarantine: [], monitoring: [], freshness: null };
  const nothing = { ...findings, rows: {}, span: { first: null, last: null }, ...empty };
  const failed = { ...activity("ingest", 0, 1), status: "Failed" as const, error: "ValueError: no" };
  const skipped = { ...activity("scoring", 1, 1), status: "Skipped" as const, attempts: 0 };
  const bare = renderReport("dev", [pipelineRun("training", 0, [failed, skipped])], nothing);
  expect(Object.keys(charts(bare))).toEqual(["timeline"]);
  expect(charts(bare)["timeline"]!.series.map(({ data }) => data.length)).toEqual([1, 0]);
  expect(markup(bare)).toContain("ValueError: no");
  expect(markup(bare)).toContain("No row was quarantined.");
});

test("what to do comes first, most at stake on top", () => {
  const [first, second] = [...markup(page).matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
  expect([first, second]).toEqual(["What to do first", "1 machine to look at"]);
  expect(markup(page)).toContain("The table holds the first 2 of 3.");
  expect(markup(page)).toContain('comp1</span><span class="muted">opened again</span>');
  expect(markup(page)).toContain('<span data-value="900">900</span>');
  const work = { open: 0, items: [], outcomes: [] };
  const idle = markup(renderReport("dev", [training], { ...findings, work }));
  expect(idle).toContain("<h2>Nothing is to be done</h2>");
  expect(idle).not.toContain("Whether the alerts were right");
});

test("outcomes of the work list show how far prevented failures could move the precision", () => {
  const cells = ["6", "8", "2", "4", "0.750", "0.375 to 0.875", "0.600"];
  expect(markup(page)).toContain(cells.map((cell) => `<td class="number">${cell}</td>`).join(""));
  expect(markup(page).split("Whether the alerts were right")[1]!.split("</section>")[0]).not.toContain("comp2");
});

test("outcomes of later deliveries are counted per component", () => {
  const realised = [{ component: "comp1", hits: 3, falseAlarms: 1, misses: 0 }];
  const later = markup(renderReport("dev", [training], { ...findings, realised }));
  expect(later).toContain("On the deliveries since");
  expect(later).toMatch(/0\.750<\/td><td class="number">1\.000<\/td><td class="number">0\.857/);
});

test("writing the report asks the cluster for what is new to the last model and writes the page", async () => {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  const asked: NotebookRun[] = [];
  const cluster = {
    run: async (run: NotebookRun) => {
      asked.push(run);
      return { exitValue: JSON.stringify(findings), seconds: 1 };
    },
  } as unknown as Cluster;
  const request = {
    cluster,
    environment: "dev",
    catalog: "spark_catalog",
    schema: "pdm",
    resultsData: "scores",
    horizonHours: 24,
    windowHours: 6,
  };
  const files = {
    predictions: join(folder, "predictions.csv"),
    workList: join(folder, "work_list.csv"),
    report: join(folder, "report.html"),
  };
  expect(await writeReport({ ...request, ...files, runs: [training] })).toEqual({ ...findings, windowHours: 6 });
  expect(asked[0]!.parameters).toEqual({
    catalog: "spark_catalog",
    schema: "pdm",
    results_data: "scores",
    horizon_hours: "24",
    unseen_from: "2015-12-31T00:00:00Z",
    predictions_csv: files.predictions,
    work_list_csv: files.workList,
  });
  expect(readFileSync(files.report, "utf8")).toBe(renderReport("dev", [training], { ...findings, windowHours: 6 }));
  rmSync(folder, { recursive: true });
});

test("the page says how long the windows are", () => {
  expect(markup(renderReport("dev", [training], { ...findings, windowHours: 6 }))).toContain("of a 6-hour window");
});
