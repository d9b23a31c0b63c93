import { nextOccurrence, startOf } from "../../triggers/recurrence";
import { recurrence as schema } from "../../triggers/recurrence-source";
import { isTimeZone } from "../../triggers/time-zone";

/** The next times of a recurrence after a time, as UTC. */
function times(recurrence: object, after: string, count = 3): readonly string[] {
  const read = schema.parse({ interval: 1, timeZone: "W. Europe Standard Time", ...recurrence });
  const found: Date[] = [];
  let at = new Date(after);
  while (found.length < count) {
    const next = nextOccurrence(read, startOf(read, new Date(after)), at);
    if (next === undefined) break;
    found.push(next);
    at = next;
  }
  return found.map((time) => time.toISOString().slice(0, 16));
}

const daily = { frequency: "Day", startTime: "2026-01-01T02:30:00" };

test.each([
  ["winter", "2026-02-01T00:00:00Z", "2026-02-01T01:30"],
  ["summer", "2026-07-01T00:00:00Z", "2026-07-01T00:30"],
])("in %s a day's time is that of the zone's clock", (_, after, expected) => {
  expect(times(daily, after, 1)).toEqual([expected]);
});

test("a time that summer time skips is an hour later, and the next day's is as planned", () => {
  expect(times(daily, "2026-03-28T12:00:00Z", 2)).toEqual(["2026-03-29T01:30", "2026-03-30T00:30"]);
});

test("a time that the clock shows twice comes once, at the first", () => {
  expect(times(daily, "2026-10-24T12:00:00Z", 2)).toEqual(["2026-10-25T00:30", "2026-10-26T01:30"]);
});

test("hours and minutes pass evenly over a change of the clock", () => {
  expect(times({ frequency: "Hour", startTime: "2026-01-01T00:15:00" }, "2026-03-29T00:00:00Z")).toEqual([
    "2026-03-29T00:15",
    "2026-03-29T01:15",
    "2026-03-29T02:15",
  ]);
});

test("minutes of an hour are those of a zone that is half an hour off", () => {
  const india = { timeZone: "India Standard Time", frequency: "Hour", startTime: "2026-01-01T00:00:00" };
  expect(times({ ...india, schedule: { minutes: [10] } }, "2026-01-02T00:00:00Z", 2)).toEqual([
    "2026-01-02T00:40",
    "2026-01-02T01:40",
  ]);
});

test.each([
  ["Minute", ["2026-01-02T04:00", "2026-01-02T04:01", "2026-01-02T04:02"]],
  ["Hour", ["2026-01-02T04:00", "2026-01-03T04:00", "2026-01-04T04:00"]],
])("at frequency %s hours of the zone's clock are a limit", (frequency, expected) => {
  const recurrence = { frequency, startTime: "2026-01-01T00:00:00", schedule: { hours: [5] } };
  expect(times(recurrence, "2026-01-01T12:00:00Z")).toEqual(expected);
});

test("weeks and months go by the days of the zone", () => {
  const tokyo = { timeZone: "Asia/Tokyo", startTime: "2026-01-01T05:00:00" };
  expect(times({ ...tokyo, frequency: "Week", schedule: { weekDays: ["monday"] } }, "2026-01-01T00:00:00Z", 2)).toEqual(
    ["2026-01-04T20:00", "2026-01-11T20:00"],
  );
  const last = { monthlyOccurrences: [{ day: "Friday", occurrence: -1 }] };
  expect(times({ ...tokyo, frequency: "Month", schedule: last }, "2026-01-01T00:00:00Z", 2)).toEqual([
    "2026-01-29T20:00",
    "2026-02-26T20:00",
  ]);
});

test("a start with an offset is that instant, and an end is the zone's", () => {
  const recurrence = { frequency: "Day", startTime: "2026-01-01T00:00:00Z", endTime: "2026-01-02T01:00:00" };
  expect(times(recurrence, "2025-12-31T00:00:00Z")).toEqual(["2026-01-01T00:00", "2026-01-02T00:00"]);
});

test.each([
  ["W. Europe Standard Time", true],
  ["w. europe standard time", true],
  ["Europe/Berlin", true],
  ["UTC", true],
  ["Central Mars Time", false],
])("whether %s is a time zone: %s", (name, expected) => {
  expect(isTimeZone(name)).toBe(expected);
});
