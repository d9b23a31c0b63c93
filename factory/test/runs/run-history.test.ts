import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PipelineRun, TriggerRun } from "../../runs/records";
import { FileHistory, readHistory } from "../../runs/run-history";

const run = (runId: string): PipelineRun => ({
  runId,
  pipeline: "p",
  invokedBy: "manual",
  parameters: {},
  status: "Succeeded",
  start: "2015-01-01T00:00:00.000Z",
  end: "2015-01-01T00:00:01.000Z",
  activities: [],
});

const fired: TriggerRun = {
  triggerRunId: "t",
  trigger: "mornings",
  type: "ScheduleTrigger",
  time: "2015-01-01T00:00:00.000Z",
  status: "Succeeded",
  properties: {},
  runs: { p: "two" },
};

test("runs survive a new process, and half a line that a kill left does not harm", () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "runs-")), "runs.jsonl");
  new FileHistory(file).add(run("one"));
  appendFileSync(file, '{"runId":"torn');
  const history = new FileHistory(file);
  history.add(run("two"));
  expect(new FileHistory(file).runs.map(({ runId }) => runId)).toEqual(["one", "two"]);
});

test("nothing that is there is changed: what is new stands behind it, trigger runs too", () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "runs-")), "runs.jsonl");
  const before = `${JSON.stringify(run("one")).replace(/}$/, ', "later": 1}')}\n`;
  writeFileSync(file, before);
  const history = new FileHistory(file);
  history.addTriggerRun(fired);
  history.add(run("two"));
  expect(readFileSync(file, "utf8").startsWith(before)).toBe(true);
  const { runs, triggerRuns } = readHistory(file);
  expect([runs.map(({ runId }) => runId), triggerRuns]).toEqual([["one", "two"], [fired]]);
});

test("a history that was written before runs had ids and inputs is read", () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "runs-")), "runs.jsonl");
  const times = { start: "2015-01-01T00:00:00.000Z", end: "2015-01-01T00:00:01.000Z" };
  const old = { name: "a", type: "Wait", status: "Succeeded", ...times, attempts: 1, output: {} } as const;
  writeFileSync(file, `${JSON.stringify({ ...run("one"), activities: [old] })}\n`);
  expect(readHistory(file).runs).toEqual([{ ...run("one"), activities: [old] }]);
});

test("a file of something else is refused with its line", () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "runs-")), "runs.jsonl");
  writeFileSync(file, '{"runId": 7}\n');
  expect(() => new FileHistory(file)).toThrow(`${file}: line 1 is no run of a pipeline or a trigger`);
});

test("a file that is no history is refused and left as it is, even without a whole line", () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "runs-")), "notes.txt");
  writeFileSync(file, "what to do");
  expect(() => new FileHistory(file)).toThrow(`${file} is no history of runs`);
  expect(readFileSync(file, "utf8")).toBe("what to do");
});
