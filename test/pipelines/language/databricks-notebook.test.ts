import type { DatabricksNotebookActivity } from "../../../pipelines/language/databricks-notebook";
import { notebookProblems } from "../../../pipelines/language/databricks-notebook";
import { activity } from "./example";

const notebooks = [
  { name: "count", widgets: ["table", "run_id"] },
  { name: "sum", widgets: [] },
];
const problems = (change: Partial<DatabricksNotebookActivity>) =>
  notebookProblems(activity({ baseParameters: { table: "t", run_id: "1" }, ...change }), notebooks);

test("base parameters and widgets that are the same are right, in any order", () => {
  expect(problems({})).toEqual([]);
  expect(problems({ baseParameters: { run_id: "1", table: "t" } })).toEqual([]);
});

test("a widget without a base parameter is a problem: it would silently keep its default", () => {
  expect(problems({ baseParameters: { table: "t" } })).toEqual([
    'count: baseParameters lack "run_id", a widget of the notebook count',
  ]);
});

test("a base parameter without a widget is a problem: nobody would read it", () => {
  expect(problems({ baseParameters: { table: "t", run_id: "1", date: "" } })).toEqual([
    'count: baseParameters have "date"; the widgets of the notebook count are table, run_id',
  ]);
});

test("a base parameter of a notebook without widgets is a problem", () => {
  expect(problems({ notebook: "sum", baseParameters: { date: "" } })).toEqual([
    'count: baseParameters have "date"; the widgets of the notebook sum are none',
  ]);
});

test("an unknown notebook is a problem that lists the known ones", () => {
  expect(problems({ notebook: "average" })).toEqual([
    'count: notebook "average" is unknown; the release has count, sum',
  ]);
  expect(notebookProblems(activity(), [])).toEqual(['count: notebook "count" is unknown; the release has none']);
});

const policyProblems = (change: Partial<DatabricksNotebookActivity["policy"]>) =>
  problems({ policy: { ...activity().policy, ...change } });

test.each(["0.00:10:00", "0.12:00:00", "7.00:00:00"])("the timeout %s is right", (timeout) => {
  expect(policyProblems({ timeout })).toEqual([]);
});

test.each(["0.00:09:59", "7.00:00:01", "0.24:00:00", "0.01:60:00", "01:00:00", "1h", ""])(
  "the timeout %p is a problem",
  (timeout) => {
    expect(policyProblems({ timeout })).toEqual([
      `count: timeout is "${timeout}"; allowed: d.hh:mm:ss from 0.00:10:00 to 7.00:00:00`,
    ]);
  },
);

test.each([-1, 0.5, NaN])("%d retries are a problem", (retry) => {
  expect(policyProblems({ retry })).toEqual([`count: retry is ${retry}; allowed: a whole number from 0`]);
});

test.each([29, 86_401, 30.5])("%d seconds between retries are a problem", (retryIntervalInSeconds) => {
  expect(policyProblems({ retryIntervalInSeconds })).toEqual([
    `count: retryIntervalInSeconds is ${retryIntervalInSeconds}; allowed: a whole number of seconds from 30 to 86400`,
  ]);
});
