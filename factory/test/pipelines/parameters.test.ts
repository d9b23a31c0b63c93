import type { Json } from "../../json";
import { loadFactory } from "../../load";
import { activity, fakeFactory, FakeNotebooks, notebook } from "../fake-factory";

const typed = (type: string, defaultValue?: Json) => ({ type, ...(defaultValue !== undefined && { defaultValue }) });

function load(parameters: Readonly<Record<string, ReturnType<typeof typed>>>) {
  return loadFactory({ name: "f", pipelines: [{ name: "p", properties: { activities: [], parameters } }] })
    .pipelines[0]!;
}

test.each<[string, Json, Json]>([
  ["String", "a", "a"],
  ["String", 1.5, "1.5"],
  ["string", true, "True"],
  ["SecureString", "a", "a"],
  ["Int", 3, 3],
  ["int", "-3", -3],
  ["Int", "9223372036854775807", "9223372036854775807"],
  ["Float", "1.5", 1.5],
  ["Bool", "TRUE", true],
  ["bool", false, false],
  ["Array", [1], [1]],
  ["array", "[1, 2]", [1, 2]],
  ["Object", { a: 1 }, { a: 1 }],
  ["object", '{"a": [1]}', { a: [1] }],
  ["Object", [1], [1]],
  ["Object", "{ no JSON }", "{ no JSON }"],
  ["Int", null, null],
])("a parameter of type %s holds %j as %j", (type, given, held) => {
  expect(load({ x: typed(type) }).valuesOf({ X: given })).toEqual({ x: held });
});

test.each<[string, Json, string]>([
  ["Int", 1.5, "1.5 of type Float"],
  ["Int", "", '"" of type String'],
  ["Float", "many", '"many" of type String'],
  ["Bool", 1, "1 of type Integer"],
  ["Array", { a: 1 }, '{"a":1} of type Object'],
  ["Array", "a, b", '"a, b" of type String'],
])("a parameter of type %s does not take %j", (type, given, shown) => {
  const message = `parameter "x" of type ${type} cannot be ${shown}`;
  expect(() => load({ x: typed(type) }).valuesOf({ x: given })).toThrow(`pipeline "p": ${message}`);
  expect(() => load({ x: typed(type, given) })).toThrow(`pipeline "p": parameters.x.defaultValue: ${message}`);
});

test("all that a run gives wrongly is told at once", () => {
  const pipeline = load({ a: typed("Int"), b: typed("Bool") });
  expect(() => pipeline.valuesOf({ a: "x", b: "y", c: 1 })).toThrow(
    /no parameter "c".*\n.*parameter "a".*\n.*parameter "b"/,
  );
});

test("another type is refused with those that there are", () => {
  expect(() => load({ x: typed("Date") })).toThrow(
    'pipeline "p": parameters.x: its type is "Date", allowed are String, SecureString, Int, Float, Bool, Array, Object',
  );
});

test("global parameters have types too", () => {
  const global = (type: string, value: Json) =>
    loadFactory({ name: "f", globalParameters: { x: { type, value } }, pipelines: [] }).globalParameters;
  expect(global("int", "7")).toEqual({ x: 7 });
  expect(global("Later", "7")).toEqual({ x: "7" });
  expect(() => global("Int", "two")).toThrow(
    'globalParameters.x: parameter "x" of type Int cannot be "two" of type String',
  );
});

test("a value reaches the activities in the type of its parameter", async () => {
  const notebooks = new FakeNotebooks();
  const activities = [
    activity("each", "ForEach", { items: "@pipeline().parameters.tables", activities: [notebook("a")] }),
    notebook("sum", { each: "Succeeded", baseParameters: { x: "@add(pipeline().parameters.n, 1)" } }),
  ];
  const parameters = { tables: typed("Array"), n: typed("Int", 0) };
  const run = await fakeFactory(notebooks, { activities, parameters }).run("p", { tables: "[1, 2]", n: "4" });
  expect(run.parameters).toEqual({ tables: [1, 2], n: 4 });
  expect(notebooks.calls.map(({ path }) => path)).toEqual(["a", "a", "sum"]);
  expect(notebooks.calls.at(-1)!.parameters).toEqual({ x: "5" });
});
