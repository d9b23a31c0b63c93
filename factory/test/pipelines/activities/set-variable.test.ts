import { activity, fakeFactory, FakeNotebooks } from "../../fake-factory";

const set = (value: unknown, name = "v") => activity("set", "SetVariable", { variableName: name, value });

const variables = {
  v: { type: "String", defaultValue: "x" },
  flag: { type: "Bool" },
  count: { type: "Integer" },
  list: { type: "Array" },
};

const ran = async (value: unknown, name?: string) =>
  (await fakeFactory(new FakeNotebooks(), { activities: [set(value, name)], variables }).run("p")).activities[0]!;

test.each([
  ["v", "@string(1)", "1"],
  ["FLAG", "@equals(1, 1)", true],
  ["flag", false, false],
  ["count", "@add(1, 2)", 3],
  ["list", "@createArray(1)", [1]],
])("the variable %s takes %j", async (name, value, expected) => {
  expect(await ran(value, name)).toMatchObject({ status: "Succeeded", output: { name, value: expected } });
});

test.each([
  ["v", "@add(1, 2)", "String", "Integer"],
  ["flag", "true", "Boolean", "String"],
  ["count", 1.5, "Integer", "Float"],
  ["list", "a", "Array", "String"],
])("the variable %s does not take %j", async (name, value, type, given) => {
  expect(await ran(value, name)).toMatchObject({
    status: "Failed",
    error: `the variable "${name}" of type "${type}" cannot be updated with a value of type "${given}"`,
  });
});

test("a variable that does not exist is named with those that do when it is loaded", () => {
  expect(() => fakeFactory(new FakeNotebooks(), { activities: [set("a", "w")], variables })).toThrow(
    'pipeline "p": activity "set": typeProperties.variableName: there is no variable "w", there are: v, flag, count, list',
  );
});

test("a variable cannot be set from itself, whatever the case of its name, but from others", async () => {
  expect((await ran("@concat(variables('V'), 'y')")).error).toBe(
    "expression @concat(variables('V'), 'y'): variable \"v\" cannot be set from itself: set another one first",
  );
  expect((await ran("@createArray(variables('v'))", "list")).output).toEqual({ name: "list", value: ["x"] });
});

test("the pipeline's return value has its own variable, whose values say their types", async () => {
  const value = [
    { key: "text", value: { type: "String", content: "a" } },
    { key: "count", value: { type: "Expression", content: "@add(1, 2)" } },
    { key: "none", value: { type: "Null" } },
    { key: "list", value: { type: "Array", content: [{ type: "String", content: "@{add(1, 1)}" }, "b"] } },
    { key: "object", value: { type: "Object", content: [{ key: "flag", value: { type: "Boolean", content: true } }] } },
  ];
  const activities = [
    activity("set", "SetVariable", { variableName: "pipelineReturnValue", setSystemVariable: true, value }),
  ];
  const run = await fakeFactory(new FakeNotebooks(), { activities }).run("p");
  expect(run.activities[0]!.output).toEqual({
    name: "pipelineReturnValue",
    value: { text: "a", count: 3, none: null, list: ["2", "b"], object: { flag: true } },
  });
});

test("a type that variables do not have is refused when it is loaded, and a default of another type", () => {
  const load = (variable: { type: string; defaultValue?: number }) => () =>
    fakeFactory(new FakeNotebooks(), { activities: [], variables: { v: variable } });
  expect(load({ type: "Date" })).toThrow(
    'pipeline "p": variables.v: its type is "Date", allowed are String, Boolean, Integer, Array',
  );
  expect(load({ type: "String", defaultValue: 1 })).toThrow(
    'pipeline "p": variables.v.defaultValue: a variable of type "String" cannot have a default of type "Integer"',
  );
});
