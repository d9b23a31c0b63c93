import { activity, fakeFactory, FakeNotebooks, notebook, statuses } from "../../fake-factory";

const switchOn = (expression: string, property = "on") =>
  activity("switch", "Switch", {
    [property]: { value: expression, type: "Expression" },
    cases: [
      { value: "csv", activities: [notebook("csv")] },
      { value: "json", activities: [notebook("json")] },
    ],
    defaultActivities: [notebook("other")],
  });

test.each([
  ["csv", "csv"],
  ["json", "json"],
  ["CSV", "other"],
  ["xml", "other"],
])("the value %s runs %s and nothing else", async (value, expected) => {
  const run = await fakeFactory(new FakeNotebooks(), { activities: [switchOn(`@concat('${value}')`)] }).run("p");
  expect(statuses(run)).toEqual({ status: "Succeeded", switch: "Succeeded", [expected]: "Succeeded" });
});

test("what it goes by may stand under `expression`, as the service's page writes it, and has to stand somewhere", async () => {
  const factory = (property: string) =>
    fakeFactory(new FakeNotebooks(), { activities: [switchOn("@string('csv')", property)] });
  expect(statuses(await factory("expression").run("p"))).toMatchObject({ csv: "Succeeded" });
  expect(() => factory("of")).toThrow('activity "switch": typeProperties.on: is required');
});

test("anything but a string fails it", async () => {
  const run = await fakeFactory(new FakeNotebooks(), { activities: [switchOn("@add(1,1)")] }).run("p");
  expect(run.activities[0]!.error).toBe("the expression is 2 of type Integer, expected a string");
});

test("more than 25 cases are refused when it is loaded", () => {
  const cases = Array.from({ length: 26 }, (_, index) => ({ value: `${index}`, activities: [] }));
  const activities = [activity("switch", "Switch", { expression: "@string(1)", cases })];
  expect(() => fakeFactory(new FakeNotebooks(), { activities })).toThrow('activity "switch": typeProperties.cases');
});

test("what is after it reads what is inside the branch that was taken", async () => {
  const after = (name: string, read: string) =>
    notebook(name, { switch: "Succeeded", baseParameters: { x: `@activity('${read}').output.runOutput` } });
  const activities = [switchOn("@string('csv')"), after("taken", "csv"), after("not_taken", "json")];
  const notebooks = new FakeNotebooks({ csv: () => "read" });
  const run = await fakeFactory(notebooks, { activities }).run("p");
  expect(notebooks.calls.map(({ path, parameters }) => [path, parameters["x"]])).toContainEqual(["taken", "read"]);
  expect(run.activities.find(({ name }) => name === "not_taken")?.error).toContain('activity "json" has not run');
});
