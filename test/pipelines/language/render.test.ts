import type { Activity } from "../../../pipelines/language/activity";
import { call, globalParameter, item, not, runOutput } from "../../../pipelines/language/expression";
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

test("a loop over a list whose request is for a receiver of its own, byte for byte", () => {
  const tell: Activity = {
    name: "tell",
    type: "WebActivity",
    url: "https://crew.example/items",
    resource: "api://crew",
    body: call("string", item),
    credential: "factory_identity",
    policy: { timeout: "0.00:10:00", retry: 3, retryIntervalInSeconds: 60 },
  };
  const each: Activity = {
    name: "each",
    type: "ForEach",
    items: call("json", globalParameter("limits")),
    batchCount: 5,
    activities: [tell],
  };
  const tellJson = {
    name: "tell",
    type: "WebActivity",
    dependsOn: [],
    policy: { timeout: "0.00:10:00", retry: 3, retryIntervalInSeconds: 60, secureOutput: false, secureInput: false },
    userProperties: [],
    typeProperties: {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      url: "https://crew.example/items",
      body: { value: "@string(item())", type: "Expression" },
      authentication: {
        type: "UserAssignedManagedIdentity",
        resource: "api://crew",
        credential: { referenceName: "factory_identity", type: "CredentialReference" },
      },
    },
  };
  const eachJson = {
    name: "each",
    type: "ForEach",
    dependsOn: [],
    userProperties: [],
    typeProperties: {
      items: { value: "@json(pipeline().globalParameters.limits)", type: "Expression" },
      batchCount: 5,
      activities: [tellJson],
    },
  };
  expect(json(each)).toBe(JSON.stringify([eachJson]));
});

test("a pipeline that is started with parameters, byte for byte", () => {
  const start: Activity = {
    name: "start",
    type: "ExecutePipeline",
    dependsOn: { count: ["Succeeded"] },
    pipeline: { name: "other" },
    parameters: { items: call("string", runOutput("count", "items")) },
  };
  const startJson = {
    name: "start",
    type: "ExecutePipeline",
    dependsOn: [{ activity: "count", dependencyConditions: ["Succeeded"] }],
    userProperties: [],
    typeProperties: {
      pipeline: { referenceName: "other", type: "PipelineReference" },
      waitOnCompletion: false,
      parameters: { items: { value: "@string(activity('count').output.runOutput.items)", type: "Expression" } },
    },
  };
  expect(json(count(), start)).toBe(JSON.stringify([countJson, startJson]));
});

test.each([
  ["@daily", "@@daily"],
  ["at @{noon}", "at @@{noon}"],
  ["me@home", "me@home"],
  [" @daily", " @daily"],
])("the text %p is rendered so that it is no expression", (text, expected) => {
  expect(JSON.parse(json(count(text)))[0].typeProperties.baseParameters.note).toBe(expected);
});
