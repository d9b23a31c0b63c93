import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { takeEmulatorTurn } from "../local/fixtures/emulator-turn";
import { runs, start } from "../local/fixtures/job";

const PLANT = ["--machines", "12", "--days", "61", "--seed", "3"];
const WINDOWS = 12 * (61 * 2 + 1);

const folder = mkdtempSync(path.join(tmpdir(), "main-job-"));
const undisturbed = path.join(folder, "undisturbed");
const killed = path.join(folder, "killed");

/** What was predicted of each window by which version: everything but the run and the time of it. */
function predictions(out: string): string[] {
  const lines = readFileSync(path.join(out, "predictions.csv"), "utf8").trim().split("\n");
  return lines.map((line) => line.split(",").slice(0, 8).join(","));
}

jest.setTimeout(1_200_000);

takeEmulatorTurn();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the synthesized pipelines train on a simulated plant and score its next day", async () => {
  const job = start(...PLANT, "--out", undisturbed);
  expect({ exit: await job.exited, text: job.text }).toMatchObject({ exit: [0, null] });
  expect(runs(undisturbed)).toEqual(["training Succeeded", "scoring Succeeded"]);
  expect(predictions(undisturbed)).toHaveLength(1 + WINDOWS);
  expect(predictions(undisturbed)[0]).toBe(
    "machineID,window_end,prob_comp1,prob_comp2,prob_comp3,prob_comp4,predicted,model_version",
  );
  const report = readFileSync(path.join(undisturbed, "report.html"), "utf8");
  for (const section of ["What the factory ran", "How good the model is"]) expect(report).toContain(section);
});

test("a run that is killed while it trains predicts the same when it is resumed", async () => {
  const job = start(...PLANT, "--out", killed);
  await job.shows("✓ feature_engineering");
  await sleep(4000);
  await job.kill();
  expect(existsSync(path.join(killed, "predictions.csv"))).toBe(false);

  const resumed = start("--resume", "--out", killed);
  expect({ exit: await resumed.exited, text: resumed.text }).toMatchObject({ exit: [0, null] });
  expect(resumed.text).toContain("ingest Succeeded");
  expect(predictions(killed)).toEqual(predictions(undisturbed));
});
