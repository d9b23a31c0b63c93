import { daysOf, partsOf } from "../../../operations/backfill/parts";

const days = (from: string, to: string) => partsOf(from, to).map(daysOf);

test("a range is divided into calendar months, the first and the last of which may be cut", () => {
  expect(days("2015-11-15", "2016-02-10")).toEqual([
    "2015-11-15 to 2015-11-30",
    "2015-12-01 to 2015-12-31",
    "2016-01-01 to 2016-01-31",
    "2016-02-01 to 2016-02-10",
  ]);
  expect(days("2016-02-01", "2016-02-29")).toEqual(["2016-02-01 to 2016-02-29"]);
});

test("a day has all windows that end on it, from midnight on, and no window is in two parts", () => {
  expect(partsOf("2015-03-31", "2015-04-01")).toEqual([
    { from: "2015-03-31T00:00:00Z", to: "2015-03-31T23:59:59Z" },
    { from: "2015-04-01T00:00:00Z", to: "2015-04-01T23:59:59Z" },
  ]);
});
