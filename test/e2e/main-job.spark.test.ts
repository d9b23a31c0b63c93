import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { takeEmulatorTurn } from "../local/fixtures/emulator-turn";
import { runs, start } from "../local/fixtures/job";

const PLANT = ["--machines", "5", "--days", "40", "--seed", "3"];
const WINDOWS = 5 * (40 * 2 + 1);

const out = mkdtempSync(path.join(tmpdir(), "main-job-"));

jest.setTimeout(1_200_000);

takeEmulatorTurn();
afterAll(() => rmSync(out, { recursive: true, force: true }));

test("the synthesized pipelines train on a simulated plant and score its next day", async () => {
  const job = start(...PLANT, "--out", out);
  expect({ exit: await job.exited, text: job.text }).toMatchObject({ exit: [0, null] });
  const ended = runs(out);
  expect(ended.filter((run) => /^(training|scoring) /.test(run))).toEqual(["training Succeeded", "scoring Succeeded"]);
  expect(ended.filter((run) => run.startsWith("start_scoring "))).toEqual(["start_scoring Succeeded"]);
  expect(ended).toContain("doorbell Succeeded");

  const [head, ...predictions] = readFileSync(path.join(out, "predictions.csv"), "utf8").trim().split("\n");
  expect(head!.split(",").slice(0, 8)).toEqual([
    ...["machineID", "window_end", "prob_comp1", "prob_comp2", "prob_comp3", "prob_comp4", "predicted"],
    "model_version",
  ]);
  const windows = predictions.map((line) => line.split(","));
  expect(windows).toHaveLength(WINDOWS);
  expect(new Set(windows.map(([machine, end]) => `${machine} ${end}`)).size).toBe(WINDOWS);
  expect(new Set(windows.map((window) => window[7]))).toEqual(new Set(["1"]));
  const report = readFileSync(path.join(out, "report.html"), "utf8");
  for (const section of ["What the factory ran", "How good the model is"]) expect(report).toContain(section);
});
