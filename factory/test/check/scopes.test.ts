import { activity, notebook } from "../fake-factory";
import { checked } from "./checked";

const reads = (name: string, x: string, after = {}) => notebook(name, { ...after, baseParameters: { x } });
const check = (...activities: object[]) => checked({ pipelines: [{ name: "p", properties: { activities } }] });

const each = (activities: object[], more: object = {}, after = {}) =>
  activity("each", "ForEach", { items: "@createArray(1)", activities, ...more }, after);

test("inside, what is before the container is read, and what is before beside", () => {
  const inside = [
    reads("one", "@activity('first').output"),
    reads("two", "@activity('one').output", { one: "Succeeded" }),
  ];
  expect(check(notebook("first"), each(inside, {}, { first: "Succeeded" })).problems).toEqual([]);
  expect(check(notebook("first"), each(inside)).problems).toEqual([
    expect.stringContaining('activity "first" is not before'),
  ]);
});

test("branches of a condition do not read each other", () => {
  const condition = activity("if", "IfCondition", {
    expression: "@true",
    ifTrueActivities: [notebook("yes")],
    ifFalseActivities: [reads("no", "@activity('yes').output")],
  });
  expect(check(condition).problems).toEqual([expect.stringContaining('activity "yes" is not before this one')]);
});

test("the condition of an Until reads what is inside, other properties do not", () => {
  const until = (expression: string, timeout: string) =>
    activity("until", "Until", { expression, timeout, activities: [notebook("a")] });
  expect(check(until("@equals(activity('a').output.runOutput, '1')", "0.01:00:00")).problems).toEqual([]);
  expect(check(until("@true", "@activity('a').output.runOutput")).problems).toEqual([
    expect.stringContaining('typeProperties.timeout: position 11: activity "a" is not before'),
  ]);
});

const after = reads("after", "@activity('in').output", { outer: "Succeeded" });

test("what is inside an Until before is read", () => {
  const until = activity("outer", "Until", { expression: "@true", activities: [notebook("in")] });
  expect(check(until, after)).toMatchObject({ problems: [], warnings: [] });
});

test.each([
  ["ForEach", { items: "@createArray(1)", activities: [notebook("in")] }, "from outside it cannot be read"],
  [
    "IfCondition",
    { expression: "@true", ifTrueActivities: [notebook("in")] },
    "it can be read only where that branch is taken",
  ],
  [
    "Switch",
    { on: "a", cases: [{ value: "a", activities: [notebook("in")] }] },
    "it can be read only where that branch is taken",
  ],
])("reading what is inside a %s before is told", (type, typeProperties, told) => {
  const { problems, warnings } = check(activity("outer", type, typeProperties), after);
  expect(problems).toEqual([]);
  expect(warnings).toEqual([
    `pipeline "p": activity "after": typeProperties.baseParameters.x: position 11: activity "in" is inside the ${type} "outer", ${told}`,
  ]);
});

test("item() is there inside a ForEach at any depth, and in the condition of a Filter alone", () => {
  const condition = activity("if", "IfCondition", {
    expression: "@item()",
    ifTrueActivities: [reads("a", "@item().b")],
  });
  const filter = (items: string) => activity("filter", "Filter", { items, condition: "@equals(item(), 1)" });
  expect(check(each([condition, filter("@item()")])).problems).toEqual([]);
  expect(check(filter("@createArray(1)")).problems).toEqual([]);
  expect(check(filter("@item()")).problems).toEqual([
    expect.stringContaining("typeProperties.items: position 2: item()"),
  ]);
  expect(check(each([], { items: "@item()" })).problems).toEqual([
    expect.stringContaining("typeProperties.items: position 2: item()"),
  ]);
});

test("what is inactive is passed over, with all that it holds, as in the service", () => {
  const off = { state: "Inactive" };
  const bad = reads("bad", "@nothing()");
  const { problems } = check(
    { ...bad, ...off },
    { ...each([reads("inner", "@activity('gone').output")]), ...off },
    { ...activity("wait", "Wait", {}), ...off },
    { ...activity("set", "SetVariable", { variableName: "gone", value: 1 }), ...off },
  );
  expect(problems).toEqual([]);
});
