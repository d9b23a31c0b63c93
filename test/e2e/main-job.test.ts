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

jest.setTimeout(600_000);

let endTurn: () => void;
beforeAll(async () => (endTurn = await takeEmulatorTurn()), 600_000);
afterAll(() => {
  endTurn();
  rmSync(folder, { recursive: true, force: true });
});

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

test.each([
  ["trains", "✓ feature_engineering", 4000],
  ["scores the delivery", "▶ scoring", 5000],
])("a run killed while it %s leaves what --resume goes on from", async (_, shown, milliseconds) => {
  const resumed = existsSync(killed) ? ["--resume"] : PLANT;
  const job = start(...resumed, "--out", killed);
  await job.shows(shown);
  await sleep(milliseconds);
  await job.kill();
  expect(existsSync(path.join(killed, "predictions.csv"))).toBe(false);
});

test("resumed at last, the run that was killed again and again predicts what the undisturbed one did", async () => {
  const job = start("--resume", "--out", killed);
  expect({ exit: await job.exited, text: job.text }).toMatchObject({ exit: [0, null] });
  expect(predictions(killed)).toEqual(predictions(undisturbed));
});
