import { monitoredActivities, monitoredRuns, monitoredTriggerRuns } from "../../runs/monitoring";
import { planRerun } from "../../runs/rerun";
import { activity, fakeFactory, FakeNotebooks, fails, notebook, strings } from "../fake-factory";
import { ManualClock } from "../manual-clock";

const clockAt = () => new ManualClock("2026-01-01T06:00:00Z");

test("a pipeline run has the fields of queryPipelineRuns", async () => {
  const clock = clockAt();
  const activities = [activity("wait", "Wait", { waitTimeInSeconds: 2 }), notebook("bad", { wait: "Succeeded" })];
  const parameters = { ...strings({ day: "" }), list: { type: "Array" } };
  const factory = fakeFactory(new FakeNotebooks({ bad: fails }), { activities, parameters }, { clock });
  const ended = factory.run("p", { day: "monday", list: [1, 2] });
  await clock.pass(2_000);
  const { runId, invocation } = await ended;
  expect(monitoredRuns(factory.history.runs)).toEqual([
    {
      runId,
      runGroupId: runId,
      isLatest: true,
      pipelineName: "p",
      parameters: { day: "monday", list: "[1,2]" },
      invokedBy: { id: invocation!.id, name: "Manual", invokedByType: "Manual" },
      runStart: "2026-01-01T06:00:00.000Z",
      runEnd: "2026-01-01T06:00:02.000Z",
      durationInMs: 2_000,
      lastUpdated: "2026-01-01T06:00:02.000Z",
      status: "Failed",
      message: "Operation on target bad failed: it broke",
    },
  ]);
});

test("a run that goes on from another is the latest of its group", async () => {
  const state = { broken: true };
  const notebooks = new FakeNotebooks({ b: () => (state.broken ? fails() : "") });
  const factory = fakeFactory(notebooks, { activities: [notebook("a"), notebook("b", { a: "Succeeded" })] });
  const { runId } = await factory.run("p");
  const again = () => factory.rerun(planRerun(factory.definition, factory.history.runs, "b"));
  await again();
  state.broken = false;
  await again();
  expect(monitoredRuns(factory.history.runs).map(({ runGroupId, isLatest }) => [runGroupId, isLatest])).toEqual([
    [runId, false],
    [runId, false],
    [runId, true],
  ]);
});

test("runs that have not ended are Queued, InProgress or Canceling", async () => {
  const clock = clockAt();
  const wait = activity("wait", "Wait", { waitTimeInSeconds: 60 });
  const factory = fakeFactory(new FakeNotebooks(), { activities: [wait], concurrency: 1 }, { clock });
  const runs = [factory.start("p"), factory.start("p")];
  await clock.pass(1_000);
  const shown = () => monitoredRuns(factory.underWay).map(({ status, runEnd }) => [status, runEnd]);
  expect(shown()).toEqual([
    ["InProgress", null],
    ["Queued", null],
  ]);
  const cancelled = factory.cancel(runs[0]!.runId);
  expect(shown()[0]).toEqual(["Canceling", null]);
  await cancelled;
  await clock.pass(60_000);
  expect((await runs[1]!.ended).run.status).toBe("Succeeded");
  expect([shown(), factory.history.runs.map(({ status }) => status)]).toEqual([[], ["Cancelled", "Succeeded"]]);
});

test("an inactive activity is Inactive, whatever it is marked as", async () => {
  const off = { ...notebook("off"), state: "Inactive", onInactiveMarkAs: "Failed" };
  const factory = fakeFactory(new FakeNotebooks(), { activities: [off, notebook("on", { off: "Failed" })] });
  const shown = monitoredActivities(await factory.run("p")).map(({ activityName, status }) => [activityName, status]);
  expect(shown).toEqual([
    ["off", "Inactive"],
    ["on", "Succeeded"],
  ]);
});

test("an inactive activity is so too in a run that goes on behind it", async () => {
  const activities = [{ ...notebook("off"), state: "Inactive" }, notebook("on", { off: "Succeeded" })];
  const factory = fakeFactory(new FakeNotebooks(), { activities });
  await factory.run("p");
  const again = await factory.rerun(planRerun(factory.definition, factory.history.runs, "on"));
  expect(monitoredActivities(again).map(({ status }) => status)).toEqual(["Inactive", "Succeeded"]);
});

test("an activity run has the fields of queryActivityruns", async () => {
  const clock = clockAt();
  const load = {
    ...notebook("load", { policy: { retry: 1 }, baseParameters: { day: "@concat('mon', 'day')" } }),
    linkedServiceName: { referenceName: "cluster", type: "LinkedServiceReference" },
  };
  let calls = 0;
  const notebooks = new FakeNotebooks({ load: () => (++calls === 1 ? fails() : '{"rows": 3}') });
  const fail = activity("fail", "Fail", { message: "too few", errorCode: "7" }, { load: "Succeeded" });
  const factory = fakeFactory(notebooks, { activities: [load, fail] }, { clock });
  const ended = factory.run("p");
  await clock.pass(0);
  const run = await ended;
  const times = { activityRunStart: run.start, activityRunEnd: run.end, durationInMs: 0 };
  const common = { pipelineName: "p", pipelineRunId: run.runId, iterationHash: "", ...times };
  expect(monitoredActivities(run)).toEqual([
    {
      ...common,
      activityRunId: run.activities[0]!.id,
      activityName: "load",
      activityType: "DatabricksNotebook",
      linkedServiceName: "cluster",
      status: "Succeeded",
      retryAttempt: 1,
      input: { notebookPath: "load", baseParameters: { day: "monday" } },
      output: { runPageUrl: "load", executionDuration: 1, runOutput: { rows: 3 } },
      error: { errorCode: "", message: "", failureType: "", target: "load", details: "" },
    },
    {
      ...common,
      activityRunId: run.activities[1]!.id,
      activityName: "fail",
      activityType: "Fail",
      linkedServiceName: "",
      status: "Failed",
      retryAttempt: null,
      input: { message: "too few", errorCode: "7" },
      output: {},
      error: { errorCode: "7", message: "too few", failureType: "UserError", target: "fail", details: "" },
    },
  ]);
});

test("what ran at one time through a loop has one iterationHash, and other times have others", async () => {
  const condition = activity("if", "IfCondition", { expression: "@true", ifTrueActivities: [notebook("inside")] });
  const each = activity("each", "ForEach", {
    items: "@createArray(1, 2)",
    isSequential: true,
    activities: [condition],
  });
  const run = await fakeFactory(new FakeNotebooks(), { activities: [each] }).run("p");
  const [outside, first, inFirst, second, inSecond] = monitoredActivities(run).map(
    ({ iterationHash }) => iterationHash,
  );
  expect(outside).toBe("");
  expect([first, second]).toEqual([inFirst, inSecond]);
  expect(first).not.toBe(second);
});

test("a trigger run has the fields of queryTriggerRuns", () => {
  const run = {
    triggerRunId: "t1",
    trigger: "mornings",
    type: "ScheduleTrigger",
    time: "2026-01-01T06:00:00.000Z",
    status: "Succeeded",
    properties: { ScheduleTime: "2026-01-01T06:00:00.000Z" },
    runs: { p: "r1" },
  } as const;
  expect(monitoredTriggerRuns([run])).toEqual([
    {
      triggerRunId: "t1",
      triggerName: "mornings",
      triggerType: "ScheduleTrigger",
      triggerRunTimestamp: "2026-01-01T06:00:00.000Z",
      status: "Succeeded",
      message: "",
      properties: { ScheduleTime: "2026-01-01T06:00:00.000Z" },
      triggeredPipelines: { p: "r1" },
    },
  ]);
});
