import { loadFactory } from "../../load";
import { notebook, pipelineOf, strings } from "../fake-factory";

function load(...activities: unknown[]) {
  const pipelines = [pipelineOf({ activities, parameters: strings({ a: "1" }) })];
  return loadFactory({ name: "adf", pipelines }).pipelines[0]!;
}

test.each<[string, unknown[], string]>([
  ["a name that exists twice", [notebook("a"), notebook("a")], 'activity "a" exists twice'],
  [
    "an unknown dependency",
    [notebook("a", { b: "Succeeded" })],
    'activity "a": dependsOn: there is no activity "b" beside it, there are: a',
  ],
  [
    "an unknown condition",
    [notebook("a"), notebook("b", { a: "Done" })],
    'activity "b": dependsOn.0.dependencyConditions.0',
  ],
  ["a notebook without path", [{ name: "a", type: "DatabricksNotebook", typeProperties: {} }], "notebookPath"],
  ["something that is no activity", [{ type: "Wait" }], 'activity "{"type":"Wait"}": name'],
])("%s is an error when the pipeline is loaded", (_, activities, message) => {
  expect(() => load(...activities)).toThrow(message);
});

test("problems inside a branch are found, and all are listed at once", () => {
  const branch = {
    name: "if",
    type: "IfCondition",
    typeProperties: { expression: "@true", ifTrueActivities: [{ name: "x", type: "Wait" }, notebook("if")] },
  };
  expect(() => load(branch, { name: "y", type: "Fail" })).toThrow(
    /"x": typeProperties.*\n.*"y": typeProperties.*\n.*"if" exists twice/,
  );
});

test("parameters are the given ones over the defaults; an unknown one is named with those that exist", () => {
  expect(load().valuesOf({ A: "2" })).toEqual({ a: "2" });
  expect(() => load().valuesOf({ b: "2" })).toThrow('pipeline "p": there is no parameter "b", there are: a');
});
