import type { TriggerSource } from "../../source";
import { Schedules } from "../../triggers/schedules";
import { fakeFactory, FakeNotebooks, notebook, strings } from "../fake-factory";
import { ManualClock } from "../manual-clock";

const HOUR = 3_600_000;

const hourly = (recurrence: object = {}, runtimeState: "Started" | "Stopped" = "Started"): TriggerSource => ({
  name: "hourly",
  properties: {
    type: "ScheduleTrigger",
    runtimeState,
    pipelines: [{ pipelineReference: { referenceName: "p" }, parameters: { planned: "@trigger().scheduledTime" } }],
    typeProperties: {
      recurrence: { frequency: "Hour", interval: 1, startTime: "2015-01-01T00:00:00Z", ...recurrence },
    },
  },
});

/** The parameter of each run that a trigger starts in so many hours; then it is stopped, and as many pass again. */
async function started(trigger: TriggerSource, hours: number, notebooks = new FakeNotebooks()) {
  const clock = new ManualClock("2015-01-01T00:30:00Z");
  const activities = [notebook("a", { baseParameters: { planned: "@pipeline().parameters.planned" } })];
  const properties = { activities, parameters: strings({ planned: "" }), concurrency: 1 };
  const factory = fakeFactory(notebooks, properties, { clock, triggers: [trigger] });
  const schedules = new Schedules(factory, (run) => void run.catch(() => undefined));
  schedules.start();
  await clock.pass(hours * HOUR);
  schedules.stop();
  await clock.pass(hours * HOUR);
  return { planned: notebooks.calls.map(({ parameters }) => parameters["planned"]), history: factory.history };
}

test("starts its pipelines at its times, with the planned time as parameter, until it is stopped", async () => {
  const { planned, history } = await started(hourly(), 2);
  expect(planned).toEqual(["2015-01-01T01:00:00.000Z", "2015-01-01T02:00:00.000Z"]);
  expect(history.runs).toMatchObject([{ invokedBy: "hourly" }, { invokedBy: "hourly" }]);
});

test("a trigger that is not started starts nothing", async () => {
  expect((await started(hourly({}, "Stopped"), 2)).planned).toEqual([]);
});

test("a trigger that is stopped for an hour is started anew for the hours after it", async () => {
  const clock = new ManualClock("2015-01-01T00:30:00Z");
  const notebooks = new FakeNotebooks();
  const activities = [notebook("a", { baseParameters: { planned: "@pipeline().parameters.planned" } })];
  const properties = { activities, parameters: strings({ planned: "" }) };
  const factory = fakeFactory(notebooks, properties, { clock, triggers: [hourly()] });
  const schedules = new Schedules(factory, (run) => void run.catch(() => undefined));
  schedules.start();
  await clock.pass(HOUR);
  factory.triggers.set("hourly", "Stopped");
  await clock.pass(HOUR);
  factory.triggers.set("hourly", "Started");
  factory.triggers.set("hourly", "Started");
  await clock.pass(HOUR);
  schedules.stop();
  factory.triggers.set("hourly", "Stopped");
  factory.triggers.set("hourly", "Started");
  await clock.pass(HOUR);
  expect(notebooks.calls.map(({ parameters }) => parameters["planned"]!.slice(11, 13))).toEqual(["01", "03"]);
});

test("a year of months passes at once, and no time is missed", async () => {
  const { planned } = await started(hourly({ frequency: "Month" }), 365 * 24);
  expect(planned).toHaveLength(12);
  expect(planned.at(-1)).toBe("2016-01-01T00:00:00.000Z");
});

test("a run that the factory does not take starts when it does, with its planned time", async () => {
  let waiting: (() => void)[] = [];
  const notebooks = new FakeNotebooks({ a: () => new Promise((resolve) => waiting.push(() => resolve(""))) });
  const clock = new ManualClock("2015-01-01T00:00:30Z");
  const activities = [notebook("a", { baseParameters: { planned: "@pipeline().parameters.planned" } })];
  const properties = { activities, parameters: strings({ planned: "" }), concurrency: 1 };
  const minutely = hourly({ frequency: "Minute" });
  const factory = fakeFactory(notebooks, properties, { clock, triggers: [minutely] });
  const schedules = new Schedules(factory, (run) => void run.catch(() => undefined));
  schedules.start();
  await clock.pass(103 * 60_000);
  expect(factory.room("p")).toBe(0);
  while (factory.history.runs.length < 103) {
    waiting.forEach((end) => end());
    waiting = [];
    await clock.pass(1_000);
  }
  schedules.stop();
  const planned = notebooks.calls.map(({ parameters }) => parameters["planned"]);
  expect(planned.slice(0, 103)).toEqual(
    Array.from({ length: 103 }, (_, minute) => new Date(Date.UTC(2015, 0, 1, 0, minute + 1)).toISOString()),
  );
});

test("parameters that cannot be evaluated reject the run, and the next times come as planned", async () => {
  const clock = new ManualClock("2015-01-01T00:30:00Z");
  const pipelines = [
    { pipelineReference: { referenceName: "p" }, parameters: { planned: "@trigger()[string('gone')]" } },
  ];
  const source = hourly();
  const trigger = { ...source, properties: { ...source.properties, pipelines } };
  const properties = { activities: [], parameters: strings({ planned: "" }) };
  const errors: unknown[] = [];
  const schedules = new Schedules(
    fakeFactory(new FakeNotebooks(), properties, { clock, triggers: [trigger] }),
    (run) => void run.catch((error: unknown) => errors.push(error)),
  );
  schedules.start();
  await clock.pass(2 * HOUR);
  schedules.stop();
  expect(errors).toHaveLength(2);
  expect(String(errors[0])).toContain("gone");
});
