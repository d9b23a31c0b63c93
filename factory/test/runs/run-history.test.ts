import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PipelineRun } from "../../runs/records";
import { FileHistory } from "../../runs/run-history";

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

test("runs survive a new process, and half a line that a kill left does not harm", () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "runs-")), "runs.jsonl");
  new FileHistory(file).add(run("one"));
  appendFileSync(file, '{"runId":"torn');
  const history = new FileHistory(file);
  history.add(run("two"));
  expect(new FileHistory(file).runs.map(({ runId }) => runId)).toEqual(["one", "two"]);
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
