import { setTimeout as sleep } from "node:timers/promises";
import type { PipelineRun } from "adf-local";
import { Refresh } from "../../../local/job/refresh";

const time = "2015-01-01T00:00:00.000Z";

function run(activity: string, status: "Succeeded" | "Failed" = "Succeeded"): PipelineRun {
  const activities = [{ name: activity, type: "DatabricksNotebook", status, start: time, end: time, attempts: 1 }];
  return {
    runId: "r",
    pipeline: "scoring",
    invokedBy: "t",
    parameters: {},
    status,
    start: time,
    end: time,
    activities,
  };
}

/** Counts the writes, of which each takes a moment. */
function counted() {
  const written = { times: 0, atOnce: 0 };
  let writing = 0;
  const refresh = new Refresh(async () => {
    written.atOnce = Math.max(written.atOnce, ++writing);
    await sleep(10);
    writing -= 1;
    written.times += 1;
  });
  return { refresh, written };
}

test("a run that scored is written at once, one that did not when somebody waits for it", async () => {
  const { refresh, written } = counted();
  refresh.after(run("ingest"));
  refresh.after(run("scoring", "Failed"));
  await sleep(30);
  expect(written.times).toBe(0);
  refresh.after(run("scoring"));
  await sleep(30);
  expect([written.times, refresh.isBehind]).toEqual([1, false]);
  refresh.after(run("ingest"));
  expect(refresh.isBehind).toBe(true);
  await refresh.finish();
  expect([written.times, refresh.isBehind]).toEqual([2, false]);
});

test("runs that end while it writes are written together afterwards, never side by side", async () => {
  const { refresh, written } = counted();
  refresh.after(run("scoring"));
  await sleep(2);
  for (let count = 0; count < 5; count += 1) refresh.after(run("scoring"));
  await refresh.finish();
  expect(written).toEqual({ times: 2, atOnce: 1 });
});

test("the results are written once even where nothing ran, and not again", async () => {
  const { refresh, written } = counted();
  await refresh.finish();
  await refresh.finish();
  expect(written.times).toBe(1);
});

test("a write that fails is told to whoever waits for it", async () => {
  const refresh = new Refresh(() => Promise.reject(new Error("disk full")));
  refresh.after(run("scoring"));
  await sleep(5);
  await expect(refresh.finish()).rejects.toThrow("disk full");
});
