import type { ActivityRun, JsonObject, PipelineRun } from "adf-local";
import { activityTable, machinesTable, metricsTable, predictionsLine } from "../../../local/job/summary";
import { findings, quality, trained } from "../report/example";

function run(pipeline: string, ...activities: (Partial<ActivityRun> & { runOutput?: JsonObject })[]): PipelineRun {
  const times = { start: "2015-01-01T00:00:00.000Z", end: "2015-01-01T00:00:01.500Z" };
  return {
    runId: "r",
    pipeline,
    invokedBy: "manual",
    parameters: {},
    status: "Succeeded",
    ...times,
    activities: activities.map(({ runOutput, ...activity }) => ({
      name: "ingest",
      type: "DatabricksNotebook",
      status: "Succeeded",
      attempts: 1,
      ...times,
      ...(runOutput && { output: { runOutput } }),
      ...activity,
    })),
  };
}

const cells = (table: string) => table.split("\n").map((line) => line.trim().split(/ {2,}/));

test("activities are summed up over all runs of their pipeline", () => {
  const table = activityTable([
    run("training", { runOutput: { rows: 1000, quarantined: 2 } }),
    run("scoring", { runOutput: { rows: 24, quarantined: 0 } }, { name: "scoring", status: "Skipped" }),
    run("scoring", { runOutput: { rows: 26, quarantined: 1 } }, { name: "scoring" }),
  ]);
  expect(cells(table).filter((row) => row.length > 1)).toEqual([
    ["pipeline", "activity", "runs", "result", "seconds", "rows", "quarantined"],
    ["training", "ingest", "1", "Succeeded", "1.5", "1,000", "2"],
    ["scoring", "ingest", "2", "Succeeded", "3.0", "50", "1"],
    ["scoring", "scoring", "2", "1 Skipped, 1 Succeeded", "3.0"],
  ]);
});

test("the newest model's figures have a line for each component", () => {
  const comp1 = { ...quality, precision: 1, recall: 0.5 };
  const metrics = { ...trained.metrics, macro_f1: 0.8125, comp1, comp2: { ...quality, precision: null } };
  const table = metricsTable([run("training", { name: "training", runOutput: { ...trained, metrics } })])!;
  expect(table).toContain("model version 3: macro_f1 0.813, rule_macro_f1 0.410\nthe first model\n");
  expect(cells(table).slice(2, 5)).toEqual([
    ["comp1", "comp2", "comp3", "comp4"],
    ["precision", "1", "0.800", "0.800"],
    ["recall", "0.500", "0.600", "0.600", "0.600"],
  ]);
  expect(metricsTable([run("scoring", {})])).toBeUndefined();
});

test("why there is no model is said", () => {
  const none = { model_version: "", promoted: false, reason: "no component fails", metrics: {} };
  expect(metricsTable([run("training", { runOutput: none })])).toBe("no model: no component fails");
  expect(machinesTable([])).toBe("no prediction yet: scoring waits for a model");
});

test("machines with an alert are shown, the others counted", () => {
  const end = "2015-01-02T00:00:00Z";
  const risk = { machineID: 7, model: "model3", age: 18, window_end: end, latest: end, within: [], reasons: [] };
  const alert = { ...risk, predicted: "comp1|comp2", probabilities: [0.9, 0.75, 0, 0] };
  const calm = { ...risk, machineID: 8, predicted: "none", probabilities: [0.1, 0, 0, 0] };
  const table = machinesTable([alert, calm]);
  expect(table).toContain("1 of 2 machines to look at");
  expect(cells(table)).toContainEqual(["7", "model3", "18", "2015-01-02 00:00", "comp1|comp2", "0.900"]);
  expect(machinesTable([calm])).toContain("no alert: none of 1 machines");
});

test("the closing line says how many predictions there are, of how many machines and up to when", () => {
  const later = { ...findings.risks[0]!, latest: "2016-01-02T00:00:00Z" };
  expect(predictionsLine({ ...findings, risks: [...findings.risks, later] })).toBe(
    "predictions.csv holds 4 predictions of 3 machines, up to 2016-01-02 00:00 UTC",
  );
  expect(predictionsLine({ ...findings, rows: {}, risks: [] })).toBe("predictions.csv holds no prediction yet");
});
