import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkFactory, openFactory } from "../../load";
import { readGitFolder } from "../../sources/git-folder";
import { partsOfRun } from "../../sources/parts";
import { problemLine } from "../../problem";

/** A folder with these files, each with its JSON. */
function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "factory-"));
  for (const [file, json] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), JSON.stringify(json));
  }
  return folder;
}

const activity = (type: string, typeProperties: object = {}, more: object = {}) => ({
  name: `a ${type}`,
  type,
  typeProperties,
  ...more,
});
const pipeline = (name: string, ...activities: readonly object[]) => ({ name, properties: { activities } });
const executes = (referenceName: string) =>
  activity("ExecutePipeline", { pipeline: { referenceName, type: "PipelineReference" } });
const check = (files: Readonly<Record<string, unknown>>) => {
  const { definition, problems, warnings } = checkFactory(readGitFolder(folderOf(files)));
  return { definition, problems: problems.map(problemLine), warnings: warnings.map(problemLine) };
};

test("the factory's name and its global parameters are those of its file", () => {
  const definition = openFactory(path.join(__dirname, "..", "fixtures", "plant"), "Nightly Load");
  expect(definition).toMatchObject({ name: "plant", globalParameters: { Catalog: "dev" } });
});

test("without a file of the factory its name is the folder's, and folders are found in any case", () => {
  const folder = folderOf({ "Pipeline/a.json": pipeline("a") });
  expect(openFactory(folder)).toMatchObject({ name: path.basename(folder), pipelines: [{ name: "a" }] });
});

test("a run of a pipeline reaches those that it executes, also from inside activities and in a circle", () => {
  const parts = readGitFolder(
    folderOf({
      "pipeline/a.json": pipeline("a", activity("ForEach", { activities: [executes("B")] })),
      "pipeline/b.json": pipeline("b", executes("a"), { ...executes("c"), state: "Inactive" }),
      "pipeline/c.json": pipeline("c"),
    }),
  );
  expect(partsOfRun(parts, "A").pipelines.map(({ file }) => file)).toEqual(["pipeline/a.json", "pipeline/b.json"]);
});

test("what a pipeline refers to and does not exist is a warning, whatever the case of names", () => {
  const reference = (referenceName: string) => ({
    linkedServiceName: { referenceName, type: "LinkedServiceReference" },
  });
  const { warnings } = check({
    "pipeline/a.json": pipeline(
      "a",
      activity("Wait", { waitTimeInSeconds: 1 }, reference("ONE")),
      activity("Fail", { message: "", errorCode: "1" }, reference("two")),
    ),
    "linkedService/one.json": { name: "one", properties: {} },
  });
  expect(warnings).toEqual([
    'pipeline/a.json: pipeline "a": refers to LinkedServiceReference "two", which does not exist',
  ]);
});

test.each([
  [
    "two pipelines whose names differ in case only",
    { "pipeline/a.json": pipeline("a"), "pipeline/b.json": pipeline("A") },
    'pipeline/b.json: pipeline "A": exists twice, also in pipeline/a.json',
  ],
  [
    "a pipeline without a name",
    { "pipeline/a.json": { properties: { activities: [] } } },
    "pipeline/a.json: pipeline 0: name: Invalid input: expected string, received undefined",
  ],
  [
    "global parameters of another kind",
    { "factory/a.json": { name: "a", properties: { globalParameters: { day: "monday" } } } },
    "factory/a.json: globalParameters.day: Invalid input: expected object, received string",
  ],
])("%s are a problem with the file", (_, files, problem) => {
  expect(check(files).problems).toEqual([problem]);
});

test("of several factories in the folder, as of its environments, the first is read, and that is told", () => {
  const factory = (name: string, value: string) => ({
    name,
    properties: { globalParameters: { stage: { type: "string", value } } },
  });
  const { definition, warnings } = check({
    "pipeline/a.json": pipeline("a"),
    "factory/dev.json": factory("dev", "d"),
    "factory/prod.json": factory("prod", "p"),
    "factory/prod_arm_template.json": { resources: [] },
  });
  expect(definition).toMatchObject({ name: "dev", globalParameters: { stage: "d" } });
  expect(warnings).toEqual(["factory/dev.json: of several factories this one is read, not factory/prod.json"]);
});

test("properties are read in any case, as the service does", () => {
  const { definition, warnings } = check({
    "pipeline/a.json": { Name: "a", Properties: { Activities: [], Color: 1 } },
  });
  expect(definition?.pipelines[0]?.name).toBe("a");
  expect(warnings).toEqual([
    'pipeline/a.json: pipeline "a": properties.Color: is no known property, there are: activities, annotations, concurrency, description, folder, lastPublishTime, parameters, policy, runDimensions, variables',
  ]);
});
