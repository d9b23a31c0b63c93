import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { COVERAGE_FOLDER, notedRuns } from "../../coverage/recorder";
import { testFactory } from "../../jest/test-factory";
import { loadFactory } from "../../load";
import { fileOf, fixture } from "../cli/command";

const rows = (count: number) => ({ "nightly load": { "ingest day": { output: { runOutput: { rows: count } } } } });

test("a test reads as what it is about: the run, its activities, their inputs and outputs", async () => {
  const factory = testFactory(fixture("plant"), { stubs: rows(3) });
  const run = await factory.run("nightly load", { day: "tuesday" });
  expect(run).toHaveSucceeded();
  expect(run.activity("ingest day")).toHaveRunOnce();
  expect(run.activity("ingest day").input).toEqual({
    notebookPath: "/plant/ingest",
    baseParameters: { day: "tuesday", catalog: "dev" },
  });
  expect(run.activity("keep rows").output).toEqual({ name: "rows", value: "3" });
  expect(run.activity("keep rows")).not.toHaveBeenSkipped();
  expect(factory.runs("NIGHTLY LOAD")).toHaveLength(1);
});

test("a failure has its message, and what follows was skipped", async () => {
  const stubs = fileOf({ "*": { "Ingest Day": { error: { message: "no such column" } } } });
  const run = await testFactory(fixture("plant"), { stubs }).run("nightly load");
  expect(run).toHaveFailed("no such column");
  expect(run).toHaveFailed(/^Operation on target Ingest Day failed/);
  expect(run).not.toHaveFailed("no such table");
  expect(run.activity("Keep rows")).toHaveBeenSkipped();
  expect(run.activity("Keep rows")).toHaveRunTimes(0);
  expect(run.activity("Ingest Day").error).toBe("no such column");
});

test("what does not hold is told with what is there", async () => {
  const run = await testFactory(fixture("plant"), { stubs: rows(3) }).run("nightly load");
  expect(() => expect(run).toHaveFailed()).toThrow('pipeline "Nightly Load" Succeeded');
  expect(() => expect(run.activity("Keep rows")).toHaveBeenSkipped()).toThrow(
    'activity "Keep rows" Succeeded, it ran once',
  );
  expect(() => expect(run.activity("Keep rows")).toHaveRunTimes(2)).toThrow("it ran once");
  expect(() => expect(Promise.resolve(run)).toHaveSucceeded()).toThrow("has to be awaited");
  expect(() => expect(run).toHaveRunOnce()).toThrow('expected an activity of a run, as run.activity("name")');
  expect(() => run.activity("keep")).toThrow(
    'pipeline "Nightly Load" has no activity "keep", it has: Ingest Day, Keep rows',
  );
});

test("a month of schedules and windows takes no time, and a blob starts what its trigger says", async () => {
  const factory = testFactory(fixture("clockwork"), {
    stubs: { "*": { ingest: async () => ({ output: {} }) } },
    now: "2026-03-28T12:00:00Z",
  });
  const runs = await factory.runUntil("2026-03-30T12:00:00Z");
  expect(runs.map(({ status }) => status)).toEqual(Array(8).fill("Succeeded"));
  expect(factory.now.toISOString()).toBe("2026-03-30T12:00:00.000Z");
  expect(await factory.blobCreated("landing/telemetry/monday.csv")).toEqual([]);
});

test("a blob starts what its triggers say, with its name", async () => {
  const definition = loadFactory({
    name: "plant",
    pipelines: [
      {
        name: "load",
        properties: {
          parameters: { file: { type: "String" } },
          activities: [
            {
              name: "copy",
              type: "Copy",
              typeProperties: { file: "@pipeline().parameters.file" },
              policy: { retry: 1 },
            },
          ],
        },
      },
    ],
    triggers: [
      {
        name: "new_telemetry",
        properties: {
          type: "BlobEventsTrigger",
          runtimeState: "Started",
          pipelines: [
            { pipelineReference: { referenceName: "load" }, parameters: { file: "@triggerBody().fileName" } },
          ],
          typeProperties: { events: ["Microsoft.Storage.BlobCreated"], blobPathBeginsWith: "/landing/" },
        },
      },
    ],
  });
  const stubs = { load: { copy: [{ error: { message: "busy" } }, { output: { rowsCopied: 3 } }] } };
  const factory = testFactory(definition, { stubs, now: "2026-03-01T00:00:00Z" });
  const [run] = await factory.blobCreated("landing/telemetry/monday.csv");
  expect(run).toHaveSucceeded();
  const copy = run!.activity("copy");
  expect([copy.input, copy.output, copy.attempts]).toEqual([{ file: "monday.csv" }, { rowsCopied: 3 }, 2]);
  expect(factory.now.toISOString()).toBe("2026-03-01T00:00:30.000Z");
});

test("work of this machine takes no virtual time, so that its timeout does not come", async () => {
  const notebooks = {
    run: async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { exitValue: '{"rows": 1}', seconds: 1 };
    },
  };
  const factory = testFactory(fixture("plant"), { notebooks, pipeline: "nightly load", now: "2026-01-01T00:00:00Z" });
  const run = await factory.run("nightly load");
  expect(run).toHaveSucceeded();
  expect(run.record.end).toBe("2026-01-01T00:00:00.000Z");
});

test("a time that is none is refused", () => {
  expect(() => testFactory(fixture("plant"), { now: "soon" })).toThrow('now is "soon", expected 2026-01-31T06:00:00Z');
});

test("where a reporter asks for coverage, the runs are noted without their values", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "coverage-"));
  process.env[COVERAGE_FOLDER] = folder;
  try {
    const place = fixture("plant");
    await testFactory(place, { stubs: rows(3) }).run("nightly load", { day: "tuesday" });
    await testFactory(place, { stubs: rows(4) }).run("nightly load");
    const runs = notedRuns(folder).get(place)!;
    expect(runs).toHaveLength(2);
    expect(runs[0]).toEqual({
      pipeline: "Nightly Load",
      activities: [
        { name: "Ingest Day", status: "Succeeded", attempts: 1 },
        { name: "Keep rows", status: "Succeeded", attempts: 1 },
      ],
    });
  } finally {
    delete process.env["ADF_LOCAL_COVERAGE"];
  }
});
