import type { TriggerSource } from "../../source";
import { TumblingWindows } from "../../triggers/tumbling-windows";
import { fails, fakeFactory, FakeNotebooks, notebook, strings } from "../fake-factory";
import { ManualClock } from "../manual-clock";
import { MemoryHistory } from "../../runs/run-history";

const HOUR = 3_600_000;

const hourly = (name: string, typeProperties: object = {}, parameters: object = {}): TriggerSource => ({
  name,
  properties: {
    type: "TumblingWindowTrigger",
    runtimeState: "Started",
    pipeline: {
      pipelineReference: { referenceName: "p" },
      parameters: { from: "@trigger().outputs.windowStartTime", by: name, ...parameters },
    },
    typeProperties: {
      frequency: "Hour",
      interval: 1,
      startTime: "2026-01-01T00:00:00Z",
      maxConcurrency: 10,
      ...typeProperties,
    },
  },
});

const self = { type: "SelfDependencyTumblingWindowTriggerReference", offset: "-01:00:00", size: "01:00:00" };
const on = (referenceName: string, more: object = {}) => ({
  type: "TumblingWindowTriggerDependencyReference",
  referenceTrigger: { referenceName },
  ...more,
});

type Behaviour = (parameters: Readonly<Record<string, string>>) => Promise<string> | string;

/** Triggers that start at three in the night; the windows of the hours before are past. */
function started(triggers: readonly TriggerSource[], behaviour: Behaviour = () => "", history = new MemoryHistory()) {
  const clock = new ManualClock("2026-01-01T03:00:00Z");
  const notebooks = new FakeNotebooks({ a: behaviour });
  const given = { from: "@pipeline().parameters.from", by: "@pipeline().parameters.by" };
  const properties = {
    activities: [notebook("a", { baseParameters: given })],
    parameters: strings({ from: "", by: "" }),
  };
  const factory = fakeFactory(notebooks, properties, { clock, history, triggers: [...triggers] });
  const windows = new TumblingWindows(factory, (run) => void run.catch(() => undefined));
  windows.start();
  return {
    clock,
    triggers: factory.triggers,
    windows,
    /** The hours whose windows were run, as far as one trigger did. */
    hours: (by = "t") =>
      notebooks.calls
        .filter(({ parameters }) => parameters["by"] === by)
        .map(({ parameters }) => Number(parameters["from"]!.slice(11, 13))),
    statuses: () => windows.windows.map(({ status }) => status),
  };
}

test("windows that are past are made up for, the oldest first, and later ones come at their ends", async () => {
  const { clock, hours, windows } = started([hourly("t")]);
  await clock.pass(0);
  expect(hours()).toEqual([0, 1, 2]);
  await clock.pass(2 * HOUR);
  expect(hours()).toEqual([0, 1, 2, 3, 4]);
  expect(windows.windows.at(-1)).toEqual({
    trigger: "t",
    windowStart: "2026-01-01T04:00:00.000Z",
    windowEnd: "2026-01-01T05:00:00.000Z",
    status: "Succeeded",
  });
  windows.stop();
  await clock.pass(2 * HOUR);
  expect(hours()).toHaveLength(5);
});

test("the windows of a time in which a trigger is off are made up for, and a run that has begun goes on", async () => {
  let end = (): void => undefined;
  const wait = () => new Promise<string>((resolve) => (end = () => resolve("")));
  const quarterly = { frequency: "Minute", interval: 15, startTime: "2026-01-01T03:00:00Z" };
  const { clock, hours, statuses, triggers } = started([hourly("t", quarterly)], ({ from }) =>
    from!.includes("T03:00") ? wait() : "",
  );
  await clock.pass(HOUR / 4);
  triggers.set("t", "Stopped");
  await clock.pass(HOUR / 2);
  expect(statuses()).toEqual(["Running"]);
  triggers.set("t", "Started");
  await clock.pass(0);
  expect(statuses()).toEqual(["Running", "Succeeded", "Succeeded"]);
  end();
  await clock.pass(0);
  expect(statuses()).toEqual(["Succeeded", "Succeeded", "Succeeded"]);
  expect(hours()).toHaveLength(3);
});

test("a delay puts off the runs and not the windows", async () => {
  const { clock, hours } = started([hourly("t", { delay: "00:30:00" })]);
  await clock.pass(HOUR / 2 - 1);
  expect(hours()).toEqual([0, 1]);
  await clock.pass(1);
  expect(hours()).toEqual([0, 1, 2]);
});

test("at most maxConcurrency windows run side by side", async () => {
  const ends: (() => void)[] = [];
  const { clock, hours, statuses } = started(
    [hourly("t", { maxConcurrency: 2 })],
    () => new Promise((resolve) => ends.push(() => resolve(""))),
  );
  await clock.pass(0);
  expect([hours(), statuses()]).toEqual([
    [0, 1],
    ["Running", "Running", "Waiting"],
  ]);
  ends[1]!();
  await clock.pass(0);
  expect([hours(), statuses()]).toEqual([
    [0, 1, 2],
    ["Running", "Succeeded", "Running"],
  ]);
});

test("a window whose run fails is tried again after its interval, as often as its policy says", async () => {
  const policy = { retryPolicy: { count: 2, intervalInSeconds: 60 }, endTime: "2026-01-01T01:00:00Z" };
  const { clock, hours, statuses } = started([hourly("t", policy)], fails);
  await clock.pass(59_999);
  expect(hours()).toEqual([0]);
  await clock.pass(60_001);
  expect([hours(), statuses()]).toEqual([[0, 0, 0], ["Failed"]]);
  await clock.pass(HOUR);
  expect(hours()).toHaveLength(3);
});

test("a trigger that depends on itself does not go past a window that failed, for seven days", async () => {
  const { clock, hours, statuses } = started(
    [hourly("t", { dependsOn: [self], endTime: "2026-01-01T03:00:00Z" })],
    ({ from }) => (from!.includes("T01") ? fails() : ""),
  );
  await clock.pass(HOUR);
  expect([hours(), statuses()]).toEqual([
    [0, 1],
    ["Succeeded", "Failed", "Waiting"],
  ]);
  await clock.pass(7 * 24 * HOUR);
  expect([hours(), statuses()]).toEqual([
    [0, 1],
    ["Succeeded", "Failed", "Failed"],
  ]);
});

test("a window waits for all windows of another trigger in the time that it depends on", async () => {
  const twoHours = { interval: 2, dependsOn: [on("T")], endTime: "2026-01-01T02:00:00Z" };
  let end: (() => void) | undefined;
  const { clock, hours } = started([hourly("late", twoHours), hourly("t")], ({ by, from }) =>
    by === "t" && from!.includes("T01") ? new Promise((resolve) => (end = () => resolve(""))) : "",
  );
  await clock.pass(0);
  expect([hours("t"), hours("late")]).toEqual([[0, 1, 2], []]);
  end!();
  await clock.pass(0);
  expect(hours("late")).toEqual([0]);
});

test("offset and size move the time that a window depends on", async () => {
  const earlier = { dependsOn: [on("t", { offset: "-01:00:00", size: "01:00:00" })] };
  const { clock, hours } = started([hourly("late", earlier), hourly("t")], ({ by, from }) =>
    by === "t" && from!.includes("T01") ? fails() : "",
  );
  await clock.pass(0);
  expect(hours("late").sort()).toEqual([0, 1]);
});

test("parameters that cannot be evaluated fail the window", async () => {
  const { clock, hours, statuses } = started([hourly("t", {}, { from: "@trigger()[string('gone')]" })]);
  await clock.pass(0);
  expect([hours(), statuses()]).toEqual([[], ["Failed", "Failed", "Failed"]]);
});

describe("a new process", () => {
  const limited = { endTime: "2026-01-01T03:00:00Z" };

  test("does not run what ended in its history, and goes on behind it", async () => {
    const history = new MemoryHistory();
    const first = started([hourly("t")], undefined, history);
    await first.clock.pass(0);
    first.windows.stop();
    const { clock, hours, statuses } = started([hourly("T")], undefined, history);
    await clock.pass(HOUR);
    expect([hours("T"), statuses()]).toEqual([[3], ["Succeeded", "Succeeded", "Succeeded", "Succeeded"]]);
  });

  test("runs a window again whose run did not end, and leaves one that failed", async () => {
    const history = new MemoryHistory();
    const behaviour: Behaviour = ({ from }) => {
      if (from!.includes("T01")) fails();
      return from!.includes("T02") ? new Promise(() => undefined) : "";
    };
    await started([hourly("t", limited)], behaviour, history).clock.pass(0);
    const { clock, hours, statuses } = started([hourly("t", limited)], undefined, history);
    await clock.pass(0);
    expect([hours(), statuses()]).toEqual([[2], ["Succeeded", "Failed", "Succeeded"]]);
  });

  test("has the attempts of a window that are left", async () => {
    const history = new MemoryHistory();
    const policy = { retryPolicy: { count: 2, intervalInSeconds: 60 }, endTime: "2026-01-01T01:00:00Z" };
    await started([hourly("t", policy)], fails, history).clock.pass(0);
    const { clock, hours, statuses } = started([hourly("t", policy)], fails, history);
    await clock.pass(HOUR);
    expect([hours(), statuses()]).toEqual([[0, 0], ["Failed"]]);
  });
});

test("each firing is a trigger run, with its window and the run that it started", async () => {
  const history = new MemoryHistory();
  const { clock } = started([hourly("t", { endTime: "2026-01-01T01:00:00Z" })], undefined, history);
  await clock.pass(0);
  expect(history.triggerRuns).toEqual([
    {
      triggerRunId: history.runs[0]!.invocation!.id,
      trigger: "t",
      type: "TumblingWindowTrigger",
      time: "2026-01-01T03:00:00.000Z",
      status: "Succeeded",
      properties: {
        TriggerTime: "2026-01-01T03:00:00.000Z",
        ScheduleTime: "2026-01-01T01:00:00.000Z",
        windowStartTime: "2026-01-01T00:00:00.000Z",
        windowEndTime: "2026-01-01T01:00:00.000Z",
      },
      runs: { p: history.runs[0]!.runId },
    },
  ]);
});

test("a firing whose parameters cannot be evaluated is a trigger run that failed, and says why", async () => {
  const history = new MemoryHistory();
  const late = { endTime: "2026-01-01T01:00:00Z" };
  const { clock } = started([hourly("t", late, { from: "@int(trigger().name)" })], undefined, history);
  await clock.pass(0);
  expect(history.triggerRuns).toMatchObject([{ status: "Failed", runs: {}, message: expect.stringContaining("int(") }]);
});
