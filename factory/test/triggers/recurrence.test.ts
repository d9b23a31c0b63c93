import { nextOccurrence } from "../../triggers/recurrence";

import type { Recurrence } from "../../triggers/recurrence-source";

const START = "2015-01-07T06:30:00Z"; // a Wednesday

function next(recurrence: Partial<Recurrence>, after: string): string | undefined {
  const complete: Recurrence = { frequency: "Day", interval: 1, timeZone: "UTC", schedule: {}, ...recurrence };
  return nextOccurrence(complete, new Date(START), new Date(after))?.toISOString().slice(0, 16);
}

test.each<[string, Parameters<typeof next>[0], string, string | undefined]>([
  ["before the start it is the start", {}, "2014-01-01T00:00Z", "2015-01-07T06:30"],
  ["the start itself does not repeat", {}, START, "2015-01-08T06:30"],
  ["every 15 minutes", { frequency: "Minute", interval: 15 }, "2015-01-07T06:59Z", "2015-01-07T07:00"],
  ["every 6 hours", { frequency: "Hour", interval: 6 }, "2015-03-01T00:00Z", "2015-03-01T00:30"],
  [
    "hours at given minutes",
    { frequency: "Hour", schedule: { minutes: [15, 45] } },
    "2015-01-07T06:46Z",
    "2015-01-07T07:15",
  ],
  ["days at given times", { schedule: { hours: [5, 17], minutes: [0, 30] } }, "2015-01-08T05:01Z", "2015-01-08T05:30"],
  [
    "days at given hours keep the start's minute",
    { schedule: { hours: [5] } },
    "2015-01-08T00:00Z",
    "2015-01-08T05:30",
  ],
  ["every third day", { interval: 3 }, "2015-01-08T00:00Z", "2015-01-10T06:30"],
  ["weeks on the start's weekday", { frequency: "Week" }, "2015-01-08T00:00Z", "2015-01-14T06:30"],
  [
    "weeks on given days",
    { frequency: "Week", schedule: { weekDays: ["Sunday", "Friday"], hours: [2], minutes: [0] } },
    "2015-01-10T00:00Z",
    "2015-01-11T02:00",
  ],
  ["every second week", { frequency: "Week", interval: 2 }, "2015-01-08T00:00Z", "2015-01-21T06:30"],
  ["months on the start's day", { frequency: "Month" }, "2015-01-08T00:00Z", "2015-02-07T06:30"],
  [
    "months on their last day",
    { frequency: "Month", schedule: { monthDays: [-1] } },
    "2015-02-01T00:00Z",
    "2015-02-28T06:30",
  ],
  [
    "months that have the day",
    { frequency: "Month", schedule: { monthDays: [31] } },
    "2015-02-01T00:00Z",
    "2015-03-31T06:30",
  ],
  [
    "months on their last Friday",
    { frequency: "Month", schedule: { monthlyOccurrences: [{ day: "Friday", occurrence: -1 }] } },
    "2015-02-01T00:00Z",
    "2015-02-27T06:30",
  ],
  ["nothing after the end", { endTime: "2015-01-08T00:00:00Z" }, "2015-01-07T23:00Z", undefined],
])("%s", (_, recurrence, after, expected) => {
  expect(next(recurrence, after)).toBe(expected);
});

test("a schedule walked from occurrence to occurrence misses nothing", () => {
  const recurrence = { frequency: "Week", schedule: { weekDays: ["Monday", "Thursday"], hours: [1, 13] } } as const;
  const found: string[] = [];
  for (let at: string | undefined = START; found.length < 8; found.push(at!))
    at = next(recurrence, `${at}${at === START ? "" : "Z"}`);
  expect(found).toEqual([
    "2015-01-08T01:30",
    "2015-01-08T13:30",
    "2015-01-12T01:30",
    "2015-01-12T13:30",
    "2015-01-15T01:30",
    "2015-01-15T13:30",
    "2015-01-19T01:30",
    "2015-01-19T13:30",
  ]);
});
