import type { ActivityRun, PipelineRun } from "adf-local";
import { plainTable } from "../../../local/job/plain-table";
import { activityTable, machinesTable, metricsTable } from "../../../local/job/summary";
import { trained } from "../report/example";

const widest = (text: string): number => Math.max(...text.split("\n").map((line) => line.length));

test("texts stand at the left, numbers at the right, without lines around them", () => {
  expect(
    plainTable(
      ["name", "rows"],
      [
        ["ingest", "7"],
        ["b", "1,000"],
      ],
      ["rows"],
    ),
  ).toBe(["name     rows", "ingest      7", "b       1,000"].join("\n"));
});

test("what is wider than 80 columns is broken at blanks, and nothing is left out", () => {
  const long = "ValueError: the sensor volt has no reading in any of the windows of machine 7";
  const table = plainTable(["activity", "seconds", "error"], [["feature_engineering", "1.5", long]], ["seconds"]);
  expect(widest(table)).toBeLessThanOrEqual(80);
  expect(table.replaceAll(/\s+/g, " ")).toContain("ValueError: the sensor volt has no reading");
  expect(plainTable(["path"], [["x".repeat(100)]], []).replaceAll("\n", "")).toContain("x".repeat(100));
});

test("the tables of a run fit 80 columns, with the longest names, large numbers and mixed results", () => {
  const times = { start: "2015-01-01T00:00:00.000Z", end: "2015-01-01T05:00:01.500Z" };
  const output = { runOutput: { ...trained, rows: 2_920_333, quarantined: 1_234_567, model_version: "12" } };
  const activity = (status: ActivityRun["status"]): ActivityRun =>
    ({ name: "feature_engineering", type: "DatabricksNotebook", status, attempts: 1, ...times, output }) as ActivityRun;
  const activities = [activity("Succeeded"), activity("Skipped"), activity("Failed")];
  const run = { runId: "r", pipeline: "training", invokedBy: "manual", parameters: {}, status: "Failed", ...times };
  const runs = [{ ...run, activities } as PipelineRun];
  const end = "2015-01-02T00:00:00Z";
  const risk = { machineID: 1234567, model: "model3", age: 18, window_end: end, latest: end, within: [], reasons: [] };
  const table = machinesTable([{ ...risk, predicted: "comp1|comp2|comp3|comp4", probabilities: [1, 1, 1, 1] }]);
  for (const text of [activityTable(runs), metricsTable(runs)!, table]) expect(widest(text)).toBeLessThanOrEqual(80);
  expect(activityTable(runs)).toContain("feature_engineering");
});
