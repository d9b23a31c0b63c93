import { activity, notebook } from "../fake-factory";
import { checked } from "./checked";

const properties = {
  parameters: { day: { type: "String", defaultValue: "" }, table: { type: "String", defaultValue: "" } },
  variables: { count: { type: "Integer" } },
};

/** The problems of a notebook's parameter `x`, which is run after `before`; without their place. */
function problemsOf(x: unknown) {
  const activities = [
    notebook("Before"),
    notebook("between", { before: "Succeeded" }),
    notebook("here", { between: ["Failed", "Skipped"], baseParameters: { x } }),
    notebook("beside"),
  ];
  const globalParameters = { catalog: { type: "String", value: "dev" } };
  const { problems } = checked({
    pipelines: [{ name: "p", properties: { ...properties, activities } }],
    globalParameters,
  });
  return problems.map((line) => line.replace('pipeline "p": activity "here": typeProperties.baseParameters.x: ', ""));
}

test.each([
  ["@concat('a'", 'position 12: expected ")", found the end'],
  ["@concat('a)", "position 9: the string constant is not terminated"],
  ["day @{concat('a')", 'position 5: the "@{" has no "}"'],
  ["@add(1, 2) + 3", 'position 12: the character "+" is not expected'],
  ["@pipeline().globalParameters.GP-Int", 'position 32: the character "-" is not expected'],
  ["@pipeline", 'position 10: expected "(" behind pipeline, found the end'],
  ["@cocat('a', 'b')", 'position 2: unknown function "cocat", did you mean "concat"?'],
  [
    "@concat('a', nothingOfTheKind())",
    'position 14: unknown function "nothingOfTheKind", Data Factory has none of that name',
  ],
  ["@substring('a')", "position 2: substring takes 2 to 3 parameters, got 1"],
  ["@not(true, false)", "position 2: not takes 1 parameters, got 2"],
  ["@pipeline('p').RunId", "position 2: pipeline takes 0 parameters, got 1"],
  ["@pipeline().parameters.dya", 'position 24: there is no parameter "dya", there are: day, table'],
  ["@{pipeline().parameters['tabel']}", 'position 25: there is no parameter "tabel", there are: day, table'],
  [
    "@pipeline().parameters.tables",
    'position 24: there is no parameter "tables", did you mean "table"? (there are: day, table)',
  ],
  ["@pipeline().globalParameters.schema", 'position 30: there is no global parameter "schema", there are: catalog'],
  ["@pipeline().RunID2", 'position 13: there is no system variable "RunID2", did you mean "RunId"?'],
  ["@variables('counts')", 'position 12: there is no variable "counts", did you mean "count"? (there are: count)'],
  ["@activity('befor').output", 'position 11: there is no activity "befor", did you mean "Before"?'],
  [
    "@activity('beside').output",
    'position 11: activity "beside" is not before this one, only what it depends on, or what holds it does, can be read: between, Before',
  ],
  ["@activity('here').output", 'position 11: activity "here" is not before this one'],
  ["@item().name", "position 2: item() is there inside a ForEach, and in the condition of a Filter"],
  [
    "@trigger().scheduledTime",
    "position 2: trigger() and triggerBody() are there in the parameters that a trigger gives only",
  ],
  [
    "@triggerBody().fileName",
    "position 2: trigger() and triggerBody() are there in the parameters that a trigger gives only",
  ],
  ["@dataset().path", "position 2: dataset() is there in datasets only"],
  ["@if('yes', 1, 2)", 'if expects a boolean, got "yes" of type String'],
  ["@add(1, 'a')", 'add expects a number, got "a" of type String'],
])("%s is refused with its position", (x, message) => {
  expect(problemsOf(x)).toEqual([expect.stringContaining(message)]);
});

test("each problem of an expression is told, and each expression of a text", () => {
  expect(problemsOf("@concat(cocat('a'), variables('v'), pipeline().parameters.d)")).toHaveLength(3);
  expect(problemsOf("@{variables('v')} and @{variables('w')}")).toHaveLength(2);
});

test.each([
  "no expression",
  "mail@example.com",
  "@@nothing()",
  "@@{nothing()}",
  " @nothing()",
  "@pipeline().Parameters.DAY",
  "@PIPELINE().parameters['Day']",
  "@pipeline()?.TriggeredByPipelineName",
  "@pipeline().parameters?.later",
  "@pipeline().globalParameters.Catalog",
  "@pipeline().TriggerType",
  "@variables('Count')",
  "@variables(concat('co', 'unt'))",
  "@activity('BEFORE').output.runOutput[0]['a b']?.c",
  "@activity('between').error.message",
  "@activity(pipeline().parameters.day).output",
  "@string(pipeline().parameters)",
  "@int('stop here')",
  "@div(1, 0)",
  "@json('{\"a\": 1}').a",
  "@if(equals(variables('count'), 1), utcNow('yyyy'), getPastTime(1, 'Day'))",
  "day @{pipeline().parameters.day}, table @{ toUpper(pipeline().parameters.table) }",
])("%s is taken, as in the service", (x) => {
  expect(problemsOf(x)).toEqual([]);
});

test("expressions are found in objects, lists, and where they are marked as such", () => {
  const marked = { value: "@nothing()", type: "Expression" };
  expect(problemsOf({ a: [1, { b: marked }] })[0]).toContain("baseParameters.x.a.1.b: position 2: unknown function");
});

test.each([
  ["the policy", { policy: { retry: "@nothing()" } }, "policy.retry"],
  ["datasets", { inputs: [{ referenceName: "d", parameters: { path: "@nothing()" } }] }, "inputs.0.parameters.path"],
  [
    "the linked service",
    { linkedServiceName: { parameters: { url: "@nothing()" } } },
    "linkedServiceName.parameters.url",
  ],
  ["user properties", { userProperties: [{ name: "a", value: "@nothing()" }] }, "userProperties.0.value"],
  [
    "a type that runs by stubs",
    { type: "Copy", typeProperties: { source: { query: "@nothing()" } } },
    "typeProperties.source.query",
  ],
])("expressions of %s are checked", (_, more, property) => {
  const activities = [{ ...notebook("a"), ...more }];
  expect(checked({ pipelines: [{ name: "p", properties: { activities } }] }).problems).toEqual([
    `pipeline "p": activity "a": ${property}: position 2: unknown function "nothing", Data Factory has none of that name`,
  ]);
});

test("global parameters are not looked up where the factory itself was not read", () => {
  const activities = [notebook("a", { baseParameters: { x: "@pipeline().globalParameters.catalog" } })];
  const pipelines = [{ name: "p", properties: { activities } }];
  expect(checked({ pipelines, isComplete: false }).problems).toEqual([]);
  expect(checked({ pipelines }).problems).toEqual([expect.stringContaining("there is no global parameter")]);
});

test("what is wrong elsewhere in the pipeline hides nothing", () => {
  const activities = [
    activity("wait", "Wait", {}),
    notebook("a", { baseParameters: { x: "@activity('gone').output" } }),
  ];
  const bad = notebook("b", { baseParameters: { x: "@nothing()" } });
  const { problems } = checked({ pipelines: [{ name: "p", properties: { activities: [...activities, bad] } }] });
  expect(problems).toEqual([
    expect.stringContaining('activity "wait": typeProperties.waitTimeInSeconds: '),
    expect.stringContaining('activity "b": typeProperties.baseParameters.x: position 2: unknown function'),
  ]);
});

test("expressions in the defaults of variables are checked too, and read no activities", () => {
  const { problems } = checked({
    pipelines: [
      {
        name: "p",
        properties: {
          activities: [notebook("a")],
          parameters: { day: { type: "String", defaultValue: "" } },
          variables: {
            good: { type: "Integer", defaultValue: "@length(pipeline().parameters.day)" },
            wrong: { type: "String", defaultValue: "@{pipeline().parameters.dya}" },
            late: { type: "String", defaultValue: "@activity('a').output" },
            other: { type: "String", defaultValue: "@variables('god')" },
          },
        },
      },
    ],
  });
  expect(problems).toEqual([
    'pipeline "p": variables.wrong.defaultValue: position 25: there is no parameter "dya", there are: day',
    'pipeline "p": variables.late.defaultValue: position 11: activity "a" is not before this one, only what it depends on, or what holds it does, can be read: nothing',
    'pipeline "p": variables.other.defaultValue: position 12: there is no variable "god", did you mean "good"? (there are: good, wrong, late, other)',
  ]);
});
