import { tumblingWindow } from "../../triggers/tumbling-window-source";
import { dependedOn, WindowSeries } from "../../triggers/windows";

const series = (change: object = {}) =>
  new WindowSeries(
    tumblingWindow.parse({
      frequency: "Hour",
      interval: 1,
      startTime: "2026-01-31T10:10:10Z",
      maxConcurrency: 1,
      ...change,
    }),
  );
const shown = ({ start, end }: { start: number; end: number }) =>
  `${new Date(start).toISOString().slice(0, 16)} ${new Date(end).toISOString().slice(0, 16)}`;

test("windows begin at the start and follow each other", () => {
  expect([0, 1].map((index) => shown(series().at(index)!))).toEqual([
    "2026-01-31T10:10 2026-01-31T11:10",
    "2026-01-31T11:10 2026-01-31T12:10",
  ]);
});

test("months that are too short end a window on their last day", () => {
  const monthly = series({ frequency: "Month" });
  expect([0, 1, 2].map((index) => shown(monthly.at(index)!))).toEqual([
    "2026-01-31T10:10 2026-02-28T10:10",
    "2026-02-28T10:10 2026-03-31T10:10",
    "2026-03-31T10:10 2026-04-30T10:10",
  ]);
});

test("the last window ends before the end", () => {
  const short = series({ endTime: "2026-01-31T12:30:00Z" });
  expect([short.at(1) === undefined, short.at(2) === undefined]).toEqual([false, true]);
});

test("those that overlap a time are found, without those before the start", () => {
  const at = (text: string) => Date.parse(text);
  const found = series().overlapping({ start: at("2026-01-31T09:00:00Z"), end: at("2026-01-31T11:30:00Z") });
  expect(found.map(shown)).toEqual(["2026-01-31T10:10 2026-01-31T11:10", "2026-01-31T11:10 2026-01-31T12:10"]);
  const months = series({ frequency: "Month" }).overlapping({
    start: at("2026-03-01T00:00:00Z"),
    end: at("2026-03-31T00:00:00Z"),
  });
  expect(months.map(shown)).toEqual(["2026-02-28T10:10 2026-03-31T10:10"]);
});

test.each([
  ["2026-01-01T00:00:00Z", 0],
  ["2026-01-31T11:10:10Z", 1],
  ["2026-01-31T11:10:09Z", 0],
])("the first window that ends after %s is number %i", (time, expected) => {
  expect(series().indexAfter(Date.parse(time))).toBe(expected);
});

test.each([
  [{}, "2026-01-31T10:10 2026-01-31T11:10"],
  [{ offset: -3_600_000 }, "2026-01-31T09:10 2026-01-31T10:10"],
  [{ offset: -7_200_000, size: 7_200_000 }, "2026-01-31T08:10 2026-01-31T10:10"],
])("the time that a window depends on with %j", (dependency, expected) => {
  const type = "TumblingWindowTriggerDependencyReference";
  expect(shown(dependedOn({ type, ...dependency }, series().at(0)!))).toBe(expected);
});
