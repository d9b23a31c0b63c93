import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withNested } from "../../../pipelines/language/activity";
import { readNotebooks } from "../../../pipelines/language/notebooks";
import { pipelinesOf } from "../../../pipelines/pipelines";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "notebooks-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, ...lines: readonly string[]) =>
  writeFileSync(join(folder, file), ["# Databricks notebook source", ...lines].join("\n"));

test("notebooks are read in the order of their names, with their widgets", () => {
  write("sum.py", "print(1)");
  write("count.py", 'dbutils.widgets.text("table", "")', "dbutils.widgets.dropdown('mode', 'a', ['a', 'b'])");
  expect(readNotebooks(folder)).toEqual([
    { name: "count", widgets: ["table", "mode"] },
    { name: "sum", widgets: [] },
  ]);
});

test("a widget may be declared over several lines, twice, and behind other code", () => {
  write("count.py", "dbutils.widgets.text(", '    "table",', '    "")', 'if True: dbutils.widgets.text("table", "")');
  expect(readNotebooks(folder)).toEqual([{ name: "count", widgets: ["table"] }]);
});

test("a widget in a comment is none", () => {
  write("count.py", '# dbutils.widgets.text("old", "")', '  # MAGIC dbutils.widgets.text("older", "")');
  expect(readNotebooks(folder)).toEqual([{ name: "count", widgets: [] }]);
});

test("a widget with a computed name is refused, because it cannot be held against the pipelines", () => {
  write("count.py", 'for name in ["a", "b"]:', '    dbutils.widgets.text(name, "")');
  expect(() => readNotebooks(folder)).toThrow(
    "The notebook count.py is not valid:\n  the name of a widget is not a string literal",
  );
});

test("modules, other files and what lies in subfolders are no notebooks", () => {
  writeFileSync(join(folder, "module.py"), "x = 1");
  writeFileSync(join(folder, "notes.md"), "# Databricks notebook source");
  mkdirSync(join(folder, "explore"));
  write("explore/look.py");
  expect(readNotebooks(folder)).toEqual([]);
});

test("a missing folder is one clear message", () => {
  expect(() => readNotebooks(join(folder, "none"))).toThrow(
    /^The notebook release is not valid:\n  the folder .* does not/,
  );
});

test("the pipelines give every widget of this repository's notebooks a value, and no other", () => {
  const notebooks = readNotebooks(join(__dirname, "..", "..", "..", "notebooks"));
  const release = { root: "/plant", notebooks, linkedServiceName: "databricks" };
  const run = Object.values(
    pipelinesOf(
      release,
      { lakeContainer: "lake", credential: "factory_identity" },
      { catchUpEveryHours: 6, gatherSeconds: 15 },
    ),
  )
    .flatMap(({ activities }) => activities)
    .flatMap(withNested)
    .flatMap((activity) => (activity.type === "DatabricksNotebook" ? activity.notebook : []));
  expect([...new Set(run)].sort()).toEqual(notebooks.map(({ name }) => name));
});
