import { Coverage } from "../../coverage/coverage";
import { coverageLines } from "../../coverage/report";
import { activity, fakeFactory, FakeNotebooks, fails, notebook, strings } from "../fake-factory";

/** Runs a pipeline, and says what no run has reached of it. */
async function lines(activities: readonly unknown[], days: readonly string[], notebooks = new FakeNotebooks()) {
  const factory = fakeFactory(notebooks, { activities, parameters: strings({ day: "" }) });
  for (const day of days) await factory.run("P", { day });
  const coverage = new Coverage(factory.definition.pipelines);
  factory.history.runs.forEach((run) => coverage.add(run));
  return coverageLines(coverage.result);
}

const isMonday = "@equals(pipeline().parameters.day, 'monday')";

test("a pipeline that nothing has run is said, and not what it holds", async () => {
  expect(await lines([notebook("a"), notebook("b", { a: "Failed" })], [])).toEqual([
    "p  no run of it",
    "0 of 1 pipelines, 0 of 2 activities, branches and paths",
  ]);
});

test("the branches of an If are told, also an empty one", async () => {
  const condition = activity("if", "IfCondition", { expression: isMonday, ifTrueActivities: [notebook("a")] });
  expect(await lines([condition], ["tuesday"])).toEqual([
    "p  2 of 4 activities, branches and paths",
    '  if has not gone the way "True"',
    "  a has not run",
    "1 of 1 pipelines, 2 of 4 activities, branches and paths",
  ]);
  expect((await lines([condition], ["monday"]))[1]).toBe('  if has not gone the way "False"');
  expect(await lines([condition], ["monday", "tuesday"])).toHaveLength(2);
});

test("the cases of a Switch are told, and its default", async () => {
  const cases = [
    { value: "monday", activities: [] },
    { value: "sunday", activities: [] },
  ];
  const choice = activity("switch", "Switch", { on: "", expression: "@pipeline().parameters.day", cases });
  expect((await lines([choice], ["monday"])).slice(1, -1)).toEqual([
    '  switch has not gone the way "case sunday"',
    '  switch has not gone the way "Default"',
  ]);
});

test("a ForEach has to have had items, and none", async () => {
  const each = activity("each", "ForEach", {
    items: "@if(empty(pipeline().parameters.day), json('[]'), createArray(1))",
    activities: [notebook("a")],
  });
  expect((await lines([each], [""])).slice(1, -1)).toEqual(['  each has not gone the way "items"', "  a has not run"]);
  expect((await lines([each], ["monday"])).slice(1, -1)).toEqual(['  each has not gone the way "no items"']);
});

test("a path behind a failure is told, and each of the ways to an activity that has several", async () => {
  const activities = [notebook("a"), notebook("mend", { a: "Failed" }), notebook("tell", { a: "Completed" })];
  expect((await lines(activities, [""])).slice(1, -1)).toEqual([
    "  mend has not run: after a Failed",
    "  tell has not run after a Failed",
  ]);
  expect((await lines(activities, [""], new FakeNotebooks({ a: fails }))).slice(1, -1)).toEqual([
    "  tell has not run after a Succeeded",
  ]);
});

test("in a loop a path counts within one time through it", async () => {
  const each = activity("each", "ForEach", {
    items: "@createArray(1, 2)",
    isSequential: true,
    activities: [notebook("a", { baseParameters: { n: "@item()" } }), notebook("tell", { a: "Completed" })],
  });
  const notebooks = new FakeNotebooks({ a: ({ n }) => (n === "1" ? fails() : "") });
  expect((await lines([each], [""], notebooks)).slice(1, -1)).toEqual(['  each has not gone the way "no items"']);
});

test("what is inactive does not count", async () => {
  const off = { ...notebook("off"), state: "Inactive" };
  expect(await lines([notebook("a"), off], [""])).toEqual([
    "p  1 of 1 activities, branches and paths",
    "1 of 1 pipelines, 1 of 1 activities, branches and paths",
  ]);
});
