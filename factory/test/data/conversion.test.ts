import type { Cell, ColumnType } from "../../data/cell";
import { converted } from "../../data/conversion";

test.each<[Cell, ColumnType, Cell]>([
  ["1", "Int32", 1n],
  [" -7 ", "Int64", -7n],
  [2, "Int16", 2n],
  ["0.5", "Double", 0.5],
  ["1e3", "Single", 1000],
  ["True", "Boolean", true],
  [0n, "Boolean", false],
  ["2015-01-01 06:00:00.0000000", "DateTime", new Date("2015-01-01T06:00:00Z")],
  ["2015-01-01T06:00:00+02:00", "DateTime", new Date("2015-01-01T04:00:00Z")],
  [new Date("2015-01-01T06:00:00Z"), "String", "2015-01-01 06:00:00.0000000"],
  [true, "String", "True"],
  [null, "Int32", null],
])("%p as %s", (cell, type, expected) => {
  expect(converted(cell, type, "c")).toEqual(expected);
});

test.each<[Cell, ColumnType]>([
  ["1.5", "Int32"],
  ["2147483648", "Int32"],
  ["x", "Double"],
  ["yes", "Boolean"],
  ["2015-02-30", "DateTime"],
  ["2015-01-01 06:00:00.0000001", "DateTime"],
  [1n, "DateTime"],
])("%p is no %s", (cell, type) => {
  expect(() => converted(cell, type, "c")).toThrow(`for column name 'c' to type '${type}'`);
});
