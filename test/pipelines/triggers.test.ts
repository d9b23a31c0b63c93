import { namesOf } from "../../environments/naming";
import { load } from "../../environments/load";
import type { Schedule } from "../../environments/settings/schedule";
import { pipelinesOf } from "../../pipelines/pipelines";
import { triggers } from "../../pipelines/triggers";
import { plantRelease } from "./language/example";

const dev = load("dev");
const names = namesOf(dev);
const pipelines = pipelinesOf(plantRelease, names, dev.scoring);
const [newBlobs, catchUp] = triggers(pipelines, dev, names);
const recurrence = (schedule: Schedule) => {
  const [, , trigger] = triggers(pipelines, { ...dev, training: { ...dev.training, schedule } }, names);
  return trigger?.type === "ScheduleTrigger" ? trigger.recurrence : undefined;
};

test("a file of any table that lands rings", () => {
  expect(newBlobs).toMatchObject({
    type: "BlobEventsTrigger",
    name: "new_blobs",
    events: ["Microsoft.Storage.BlobCreated"],
    blobPathBeginsWith: "/landing/blobs/incoming/",
    ignoreEmptyBlobs: true,
    pipelines: [pipelines.doorbell],
  });
});

test("scoring also runs every few hours from midnight, because events can be lost", () => {
  expect(catchUp).toMatchObject({
    type: "ScheduleTrigger",
    name: "scoring_catch_up",
    recurrence: { frequency: "Hour", interval: 6, startTime: "2025-01-01T00:00:00Z", timeZone: "UTC" },
    pipelines: [pipelines.scoring],
  });
});

test("the known plant of a verification starts nothing but its own pipeline", () => {
  expect(triggers(pipelines, dev, names).at(-1)).toMatchObject({
    name: "known_plant",
    blobPathBeginsWith: "/verification/blobs/incoming/telemetry/",
    ignoreEmptyBlobs: true,
    pipelines: [pipelines.verification],
  });
});

test("training runs by day, by week or by month, in UTC", () => {
  const every = { interval: 1, startTime: "2025-01-01T00:00:00Z", timeZone: "UTC" };
  expect(recurrence({ frequency: "Day", hour: 3, minute: 30 })).toEqual({
    ...every,
    frequency: "Day",
    schedule: { hours: [3], minutes: [30] },
  });
  expect(recurrence({ frequency: "Week", weekDays: ["Monday", "Friday"], hour: 3, minute: 0 })).toEqual({
    ...every,
    frequency: "Week",
    schedule: { hours: [3], minutes: [0], weekDays: ["Monday", "Friday"] },
  });
  expect(recurrence({ frequency: "Month", monthDay: 28, hour: 0, minute: 0 })).toEqual({
    ...every,
    frequency: "Month",
    schedule: { hours: [0], minutes: [0], monthDays: [28] },
  });
});
