import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { command, fileOf, fixture } from "./command";

const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), "adf-local-")), "runs.jsonl");
const stubs = fileOf({ load: { ingest: {} } });

/** Runs what the triggers of the factory start in two days. */
const twoDays = (history: string, ...more: readonly string[]) => {
  const times = ["--clock", "2026-03-28T12:00:00Z", "--until", "2026-03-30T12:00:00Z"];
  return command("run", "--factory", fixture("clockwork"), ...times, "--history", history, ...more);
};

test("what triggers start in virtual time is run at once, and its history is shown", async () => {
  const history = newFile();
  const { code, out } = await twoDays(history, "--stubs", stubs);
  expect([code, out.at(-1)]).toEqual([0, "8 runs, 8 succeeded"]);
  const { out: lines } = await command("runs", "--history", history);
  expect(lines.map((line) => line.split("  ").slice(0, 5).join(" "))).toEqual(
    [
      ["2026-03-28T12:00:00.000Z", "six_hours"],
      ["2026-03-28T12:10:00.000Z", "six_hours"],
      ["2026-03-28T18:10:00.000Z", "six_hours"],
      ["2026-03-29T00:10:00.000Z", "six_hours"],
      ["2026-03-29T01:30:00.000Z", "nights"],
      ["2026-03-29T06:10:00.000Z", "six_hours"],
      ["2026-03-29T12:10:00.000Z", "six_hours"],
      ["2026-03-30T00:30:00.000Z", "nights"],
    ].map(([time, trigger]) => `${time} ${time} Succeeded load by ${trigger}`),
  );
  const id = lines[4]!.split("  ").at(-1)!;
  const one = await command("runs", "--history", history, id.slice(0, 13));
  expect(one.out).toEqual([
    lines[4],
    '  parameters {"day":"2026-03-29"}',
    expect.stringMatching(/^ {2}ingest \(DatabricksNotebook\) Succeeded/),
  ]);
});

test("runs that fail are counted, and end with 1", async () => {
  const { code, out } = await twoDays(newFile());
  expect([code, out.at(-1)]).toEqual([1, "8 runs, 0 succeeded"]);
});

test.each([
  ["a file that is not there", ["--history", "gone.jsonl"], "gone.jsonl does not exist"],
  ["a file of something else", ["--history", stubs], "is no history of runs"],
])("%s is one line", async (_, args, message) => {
  const { code, err } = await command("runs", ...args);
  expect(code).toBe(1);
  expect(err).toEqual([expect.stringContaining(message)]);
});

test("a file of something else is not written over", async () => {
  const { code, err } = await twoDays(stubs);
  expect([code, err]).toEqual([1, [expect.stringContaining("is no history of runs")]]);
  expect(readFileSync(stubs, "utf8")).toContain("ingest");
});

test("a run that is not there is said", async () => {
  const history = newFile();
  await twoDays(history, "--stubs", stubs);
  expect((await command("runs", "--history", history, "x")).err).toEqual([expect.stringContaining('has no run "x"')]);
});

test("with --json it is in the shape of the service's monitoring", async () => {
  const history = newFile();
  await twoDays(history, "--stubs", stubs);
  const whole = JSON.parse((await command("runs", "--history", history, "--json")).out.join("\n"));
  expect(whole.pipelineRuns[0]).toMatchObject({ pipelineName: "load", invokedBy: { name: "six_hours" } });
  expect(whole.triggerRuns[0].triggeredPipelines).toEqual({ load: whole.pipelineRuns[0].runId });
  const { runId } = whole.pipelineRuns[0];
  const one = JSON.parse((await command("runs", "--history", history, runId, "--json")).out.join("\n"));
  expect(one).toMatchObject({
    pipelineRuns: [{ runId }],
    activityRuns: [{ activityName: "ingest", pipelineRunId: runId }],
  });
});

test("with --coverage it says what of a factory no run has reached", async () => {
  const history = newFile();
  await command(
    "run",
    "--factory",
    fixture("plant"),
    "copies",
    "--stubs",
    fileOf({ "*": { "Copy files": {} } }),
    "--history",
    history,
  );
  const { code, out } = await command("runs", "--history", history, "--coverage", "--factory", fixture("plant"));
  expect(code).toBe(0);
  expect(out).toEqual([
    "Nightly Load  no run of it",
    "copies  1 of 1 activities, branches and paths",
    "1 of 2 pipelines, 1 of 3 activities, branches and paths",
  ]);
  expect((await command("runs", "--history", history, "--coverage")).err[0]).toBe("runs needs --factory");
  const of = ["--coverage", "--factory", fixture("plant")];
  expect((await command("runs", "--history", history, "x", ...of)).err[0]).toBe(
    "--coverage is for all runs of a history",
  );
});
