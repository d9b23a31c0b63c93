import { setTimeout as wait } from "node:timers/promises";
import { Schedules } from "../triggers/schedules";
import { TumblingWindows } from "../triggers/tumbling-windows";
import { VirtualClock } from "../virtual-clock";
import { fakeFactory, FakeNotebooks, notebook } from "./fake-factory";

const START = new Date("2026-01-01T00:00:00Z");
const DAY = 86_400_000;

test("who sleeps is woken in the order of the times, at once", async () => {
  const clock = new VirtualClock(START);
  const woken: string[] = [];
  const sleep = async (name: string, milliseconds: number) => {
    await clock.sleep(milliseconds);
    woken.push(`${name} ${clock.now().toISOString()}`);
  };
  await Promise.all([sleep("late", 31 * DAY), sleep("now", -1), sleep("soon", 1)]);
  expect(woken).toEqual([
    "now 2026-01-01T00:00:00.000Z",
    "soon 2026-01-01T00:00:00.001Z",
    "late 2026-02-01T00:00:00.000Z",
  ]);
});

test.each([["before", true] as const, ["while", false] as const])(
  "a sleep that is aborted %s it is slept rejects",
  async (_, isBefore) => {
    const abortion = new AbortController();
    if (isBefore) abortion.abort(new Error("stop"));
    const sleep = new VirtualClock(START).sleep(DAY, abortion.signal);
    abortion.abort(new Error("stop"));
    await expect(sleep).rejects.toThrow("stop");
  },
);

test("no time passes while work is held", async () => {
  const clock = new VirtualClock(START);
  const timeout = clock.sleep(DAY).then(() => "timeout");
  const work = clock.hold(async () => {
    await wait(20);
    return "work";
  });
  expect(await Promise.race([work, timeout])).toBe("work");
  expect(await timeout).toBe("timeout");
});

test("a month of schedules and of windows passes in seconds", async () => {
  const clock = new VirtualClock(START);
  const notebooks = new FakeNotebooks();
  const common = { runtimeState: "Started" } as const;
  const starts = { pipelineReference: { referenceName: "p" } };
  const every = { frequency: "Hour", interval: 1, startTime: START.toISOString() };
  const factory = fakeFactory(
    notebooks,
    { activities: [notebook("a")] },
    {
      clock,
      triggers: [
        {
          name: "hours",
          properties: {
            ...common,
            type: "ScheduleTrigger",
            pipelines: [starts],
            typeProperties: { recurrence: { ...every, timeZone: "Europe/Berlin" } },
          },
        },
        {
          name: "windows",
          properties: {
            ...common,
            type: "TumblingWindowTrigger",
            pipeline: starts,
            typeProperties: { ...every, maxConcurrency: 1 },
          },
        },
      ],
    },
  );
  const runs: Promise<unknown>[] = [];
  const triggers = [Schedules, TumblingWindows].map((Type) => new Type(factory, (run) => runs.push(run)));
  triggers.forEach((trigger) => trigger.start());
  await clock.sleep(31 * DAY + 1);
  triggers.forEach((trigger) => trigger.stop());
  await Promise.all(runs);
  const by = (name: string) => factory.history.runs.filter(({ invokedBy }) => invokedBy === name).length;
  expect([by("hours"), by("windows")]).toEqual([31 * 24, 31 * 24]);
});
