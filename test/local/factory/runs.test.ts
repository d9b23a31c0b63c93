import { appendFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type PipelineRun, RunHistory } from "../../../local/factory/runs";

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
  new RunHistory(file).add(run("one"));
  appendFileSync(file, '{"runId":"torn');
  const history = new RunHistory(file);
  history.add(run("two"));
  expect(new RunHistory(file).runs.map(({ runId }) => runId)).toEqual(["one", "two"]);
});
