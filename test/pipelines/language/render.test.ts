import type { Activity } from "../../../pipelines/language/activity";
import { globalParameter, not, runOutput } from "../../../pipelines/language/expression";
import { activitiesJson } from "../../../pipelines/language/render";
import { activity, example } from "./example";

const release = {
  root: "/plant/1a2b",
  notebooks: [{ name: "count", widgets: ["table", "note"] }],
  linkedServiceName: "databricks",
};
const count = (note = "") =>
  activity({ baseParameters: { table: globalParameter("features_table"), note }, dependsOn: {} });
const json = (...activities: readonly Activity[]) => activitiesJson(example({ release, activities }));

const countJson = {
  name: "count",
  type: "DatabricksNotebook",
  dependsOn: [],
  policy: { timeout: "0.01:00:00", retry: 1, retryIntervalInSeconds: 60, secureOutput: false, secureInput: false },
  userProperties: [],
  typeProperties: {
    notebookPath: "/plant/1a2b/count",
    baseParameters: { table: "@pipeline().globalParameters.features_table", note: "" },
  },
  linkedServiceName: { referenceName: "databricks", type: "LinkedServiceReference" },
};

test("a notebook activity, byte for byte", () => {
  expect(json(count())).toBe(JSON.stringify([countJson]));
});

test("an if condition, byte for byte", () => {
  const condition: Activity = {
    name: "if",
    type: "IfCondition",
    dependsOn: { count: ["Succeeded", "Skipped"] },
    expression: not(runOutput("count", "nothing")),
    ifTrueActivities: [{ ...count(), name: "count_again" }],
    ifFalseActivities: [{ ...count(), name: "count_later" }],
  };
  const conditionJson = {
    name: "if",
    type: "IfCondition",
    dependsOn: [{ activity: "count", dependencyConditions: ["Succeeded", "Skipped"] }],
    userProperties: [],
    typeProperties: {
      expression: { value: "@not(activity('count').output.runOutput.nothing)", type: "Expression" },
      ifTrueActivities: [{ ...countJson, name: "count_again" }],
      ifFalseActivities: [{ ...countJson, name: "count_later" }],
    },
  };
  expect(json(count(), condition)).toBe(JSON.stringify([countJson, conditionJson]));
});

test("an empty branch is left out, as the service does", () => {
  const condition: Activity = {
    name: "if",
    type: "IfCondition",
    expression: not(globalParameter("model")),
    ifTrueActivities: [],
    ifFalseActivities: [],
  };
  expect(JSON.parse(json(condition))[0].typeProperties).toEqual({
    expression: { value: "@not(pipeline().globalParameters.model)", type: "Expression" },
  });
});

test.each([
  ["@daily", "@@daily"],
  ["at @{noon}", "at @@{noon}"],
  ["me@home", "me@home"],
  [" @daily", " @daily"],
])("the text %p is rendered so that it is no expression", (text, expected) => {
  expect(JSON.parse(json(count(text)))[0].typeProperties.baseParameters.note).toBe(expected);
});
