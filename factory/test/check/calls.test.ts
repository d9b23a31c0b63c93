import { activity } from "../fake-factory";
import { checked } from "./checked";

const call = (referenceName: string, parameters: object = {}, more: object = {}) =>
  activity(`call ${referenceName}`, "ExecutePipeline", { pipeline: { referenceName }, parameters, ...more });
const pipeline = (name: string, activities: object[], parameters: object = {}) => ({
  name,
  properties: { activities, parameters },
});
const child = pipeline("child", [], {
  day: { type: "string" },
  count: { type: "Int", defaultValue: 1 },
  tables: { type: "Array", defaultValue: [] },
});
const check = (...activities: object[]) => checked({ pipelines: [pipeline("p", activities), child] });

test("a pipeline that does not exist is named with the nearest", () => {
  expect(check(call("chidl")).problems).toEqual([
    'pipeline "p": activity "call chidl": typeProperties.pipeline: there is no pipeline "chidl", there are: p, child',
  ]);
});

test.each<[string, object, string[]]>([
  ["of the right types", { DAY: "monday", count: 2, tables: ["a"] }, []],
  ["that triggers and notebooks write as text", { day: 1, count: "2", tables: '["a"]' }, []],
  [
    "that only a run can tell",
    { day: "@utcNow()", count: "@add(1, 2)", tables: { value: "@split('a', ',')", type: "Expression" } },
    [],
  ],
  ["of another type", { day: "", count: "many" }, ['parameter "count" of type Int cannot be "many" of type String']],
  ["of a part of a number", { day: "", count: 1.5 }, ['parameter "count" of type Int cannot be 1.5 of type Float']],
  [
    "of one thing for several",
    { day: "", tables: "a" },
    ['parameter "tables" of type Array cannot be "a" of type String'],
  ],
])("parameters %s", (_, parameters, problems) => {
  const place = 'pipeline "p": activity "call Child": typeProperties.parameters: of pipeline "child": ';
  expect(check(call("Child", parameters))).toEqual({ problems: problems.map((line) => place + line), warnings: [] });
});

test("a parameter that is not declared is told: the service publishes it", () => {
  expect(check(call("child", { day: "", month: 1 }))).toEqual({
    problems: [],
    warnings: [
      expect.stringContaining('of pipeline "child": there is no parameter "month", there are: day, count, tables'),
    ],
  });
});

test("a parameter without default that is not given is told: the service runs the pipeline with null", () => {
  expect(check(call("child"))).toEqual({
    problems: [],
    warnings: [
      'pipeline "p": activity "call child": typeProperties.parameters: of pipeline "child": no value is given and there is no default for "day" of type String',
    ],
  });
});

describe("pipelines that execute each other", () => {
  const circle = (waitOnCompletion: boolean, more: object = {}) =>
    checked({
      pipelines: [
        pipeline("a", [{ ...call("B", {}, { waitOnCompletion: true }), ...more }]),
        pipeline("b", [activity("each", "ForEach", { items: [], activities: [call("a", {}, { waitOnCompletion })] })]),
      ],
    });

  test("are refused where each waits for the other", () => {
    expect(circle(true).problems).toEqual(["pipelines execute each other and wait for it: a > b > a"]);
  });

  test("are told where one does not wait", () => {
    expect(circle(false)).toEqual({
      problems: [],
      warnings: ["pipelines execute each other again and again: a > b > a"],
    });
  });

  test("are none where one of them is inactive", () => {
    expect(circle(true, { state: "Inactive" })).toEqual({ problems: [], warnings: [] });
  });
});
