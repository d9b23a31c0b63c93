import type { Factory } from "../../../../local/factory/factory";
import { Schedules } from "../../../../local/factory/triggers/schedule";
import type { ScheduleTriggerResource } from "../../../../local/terraform-resources";

const trigger: ScheduleTriggerResource = {
  name: "hourly",
  activated: true,
  frequency: "Hour",
  interval: 1,
  start_time: "2015-01-01T00:00:00Z",
  time_zone: "UTC",
  schedule: [],
  pipeline: [{ name: "p", parameters: { planned: "@trigger().scheduledTime" } }],
};

beforeEach(() => jest.useFakeTimers({ now: new Date("2015-01-01T00:30:00Z") }));
afterEach(() => jest.useRealTimers());

function started(triggers: readonly ScheduleTriggerResource[], hours: number, full = new Date(0)) {
  const runs: unknown[][] = [];
  const factory = {
    run: (...values: unknown[]) => (runs.push(values), Promise.resolve()),
    takes: () => new Date() >= full,
  } as unknown as Factory;
  const schedules = new Schedules(triggers, factory, () => undefined);
  schedules.start();
  jest.advanceTimersByTime(hours * 3_600_000);
  schedules.stop();
  jest.advanceTimersByTime(hours * 3_600_000);
  return runs;
}

test("starts its pipelines at its times, with the planned time as parameter, until it is stopped", () => {
  expect(started([trigger], 2)).toEqual([
    ["p", { planned: "2015-01-01T01:00:00.000Z" }, "hourly"],
    ["p", { planned: "2015-01-01T02:00:00.000Z" }, "hourly"],
  ]);
});

test("a trigger that is not activated starts nothing", () => {
  expect(started([{ ...trigger, activated: false }], 2)).toEqual([]);
});

test("waits longer than a timer can", () => {
  expect(started([{ ...trigger, frequency: "Month", interval: 2 }], 24 * 59 + 1)).toHaveLength(1);
});

test("a run that the factory does not take starts when it does, with its planned time", () => {
  expect(started([trigger], 2, new Date("2015-01-01T01:20:00Z"))).toEqual([
    ["p", { planned: "2015-01-01T01:00:00.000Z" }, "hourly"],
    ["p", { planned: "2015-01-01T02:00:00.000Z" }, "hourly"],
  ]);
  expect(started([trigger], 2, new Date("2016-01-01T00:00:00Z"))).toEqual([]);
});
