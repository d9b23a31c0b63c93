import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkFactory, openFactory } from "../../load";
import { readFactory } from "../../sources/read-factory";
import { problemLine } from "../../problem";

const resource = (kind: string, name: string, properties: object = {}) => ({
  name: `[concat(parameters('factoryName'), '/${name}')]`,
  type: `Microsoft.DataFactory/factories/${kind}`,
  apiVersion: "2018-06-01",
  properties,
  dependsOn: ["[concat(variables('factoryId'), '/linkedServices/databricks')]"],
});
const wait = { name: "a", type: "Wait", typeProperties: { waitTimeInSeconds: 1 } };
const days = (startTime: string) =>
  resource("triggers", "days", {
    type: "ScheduleTrigger",
    runtimeState: "Started",
    pipelines: [{ pipelineReference: { referenceName: "Copy files" } }],
    typeProperties: { recurrence: { frequency: "Day", interval: 1, startTime } },
  });

/** A folder as the portal exports it. */
function exported(resources: readonly object[], more: object = {}, parameters?: object): string {
  const folder = mkdtempSync(path.join(tmpdir(), "arm-"));
  const template = {
    parameters: { factoryName: { type: "string", defaultValue: "plant" }, start: { type: "string" } },
    variables: { factoryId: "[concat('Microsoft.DataFactory/factories/', parameters('factoryName'))]" },
    resources,
    ...more,
  };
  writeFileSync(path.join(folder, "ARMTemplateForFactory.json"), JSON.stringify(template));
  if (parameters !== undefined)
    writeFileSync(path.join(folder, "ARMTemplateParametersForFactory.json"), JSON.stringify({ parameters }));
  return folder;
}

const problems = (...given: Parameters<typeof exported>) =>
  checkFactory(readFactory(exported(...given))).problems.map(problemLine);

test("pipelines and triggers have the names behind the factory's, and the values of the parameter file", () => {
  const folder = exported(
    [resource("pipelines", "Copy files", { activities: [wait] }), days("[parameters('START')]")],
    {},
    { factoryName: { value: "plant-test" }, start: { value: "2026-01-01T00:00:00Z" } },
  );
  const definition = openFactory(folder);
  expect(definition).toMatchObject({
    name: "plant-test",
    pipelines: [{ name: "Copy files" }],
    scheduleTriggers: [{ properties: { typeProperties: { recurrence: { startTime: "2026-01-01T00:00:00Z" } } } }],
  });
  expect(openFactory(path.join(folder, "ARMTemplateForFactory.json"))).toMatchObject({ name: "plant-test" });
});

test.each([
  [
    "in the factory",
    { ...resource("", ""), name: "plant", type: "Microsoft.DataFactory/factories" },
    { globalParameters: { day: { type: "int", value: 1 } } },
  ],
  ["beside it", resource("globalParameters", "default"), { day: { type: "int", value: 1 } }],
])("global parameters %s are read", (_, holder, properties) => {
  expect(openFactory(exported([{ ...holder, properties }]))).toMatchObject({ globalParameters: { day: 1 } });
});

test("a text that begins with two brackets is one with one", () => {
  const activities = [{ ...wait, typeProperties: { waitTimeInSeconds: "[[1]" } }];
  expect(readFactory(exported([resource("pipelines", "p", { activities })])).pipelines[0]!.json).toMatchObject({
    properties: { activities: [{ typeProperties: { waitTimeInSeconds: "[1]" } }] },
  });
});

test("a reference is looked up where the template has resources of its kind", () => {
  const linked = { ...wait, linkedServiceName: { referenceName: "gone", type: "LinkedServiceReference" } };
  const pipeline = resource("pipelines", "p", { activities: [linked] });
  const warnings = (...resources: readonly object[]) =>
    checkFactory(readFactory(exported(resources))).warnings.map(problemLine);
  expect(warnings(pipeline)).toEqual([]);
  expect(warnings(pipeline, resource("linkedServices", "databricks"))).toEqual([
    'ARMTemplateForFactory.json: pipeline "p": refers to LinkedServiceReference "gone", which does not exist',
  ]);
});

test("a parameter without a value that a pipeline reads twice is told once", () => {
  const waits = ["a", "b"].map((name) => ({ ...wait, name, description: "[parameters('start')]" }));
  expect(problems([resource("pipelines", "p", { activities: waits })])).toEqual([
    `ARMTemplateForFactory.json: pipeline "p": template expression [parameters('start')]: parameter "start" has no value`,
  ]);
});

test("a parameter without a value is a problem where a pipeline or a trigger reads it", () => {
  const pipeline = resource("pipelines", "Copy files", { activities: [wait] });
  expect(problems([pipeline, resource("linkedServices", "l", { key: "[parameters('start')]" })])).toEqual([]);
  expect(problems([pipeline, days("[parameters('start')]")])[0]).toBe(
    `ARMTemplateForFactory.json: trigger "days": template expression [parameters('start')]: parameter "start" has no value`,
  );
});

test.each([
  ["another function", "[toLower('A')]", "toLower is not evaluated here"],
  ["a parenthesis that is left open", "[concat('a']", '")" is expected, found the end'],
  ["what follows an expression", "[concat('a') 'b']", "nothing is expected behind the expression, found 'b'"],
  ["a letter of no language", "[concat('a', §)]", "position 13 cannot be read"],
])("%s in a name is a problem", (_, name, message) => {
  expect(problems([{ ...resource("pipelines", "p"), name }])[0]).toContain(message);
});

test("what cannot be evaluated is no problem where no pipeline and no trigger reads it", () => {
  const unique = "[concat('adf-', uniqueString(resourceGroup().id))]";
  const pipeline = { ...resource("pipelines", "p", { activities: [wait] }), name: "[concat(variables('adf'), '/p')]" };
  const others = { name: unique, type: "Microsoft.Storage/storageAccounts" };
  const definition = openFactory(exported([pipeline, others], { variables: { adf: unique } }));
  expect(definition).toMatchObject({ name: "plant", pipelines: [{ name: "p" }] });
});

describe("a template that deploys others", () => {
  const deployment = (properties: object) => ({ name: "d", type: "Microsoft.Resources/deployments", properties });
  const copy = resource("pipelines", "Copy files", { activities: [wait] });
  const linked = { uri: "[concat(parameters('containerUri'), '/ArmTemplate_0.json', parameters('sasToken'))]" };
  const parts = {
    parameters: { factoryName: { type: "string" }, start: { type: "string" } },
    resources: [copy, days("[parameters('start')]")],
  };
  const parameters = {
    factoryName: { value: "[parameters('factoryName')]" },
    start: { value: "2026-01-01T00:00:00Z" },
  };

  test("is read with those beside it, which have the parameters that it hands on", () => {
    const folder = exported([deployment({ templateLink: linked, parameters })]);
    writeFileSync(path.join(folder, "ArmTemplate_0.json"), JSON.stringify(parts));
    expect(openFactory(folder)).toMatchObject({
      name: "plant",
      pipelines: [{ name: "Copy files" }],
      scheduleTriggers: [{ properties: { typeProperties: { recurrence: { startTime: "2026-01-01T00:00:00Z" } } } }],
    });
  });

  test("is found in the folder of an export, where the whole is not there", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "arm-"));
    mkdirSync(path.join(folder, "linkedTemplates"));
    const master = { resources: [deployment({ templateLink: linked })] };
    writeFileSync(path.join(folder, "linkedTemplates", "ArmTemplate_master.json"), JSON.stringify(master));
    writeFileSync(path.join(folder, "linkedTemplates", "ArmTemplate_0.json"), JSON.stringify({ resources: [copy] }));
    expect(openFactory(folder).pipelines.map(({ name }) => name)).toEqual(["Copy files"]);
  });

  test("may hold them itself", () => {
    const options = { expressionEvaluationOptions: { scope: "inner" } };
    const folder = exported([deployment({ template: parts, parameters, ...options })]);
    expect(openFactory(folder)).toMatchObject({ name: "plant", pipelines: [{ name: "Copy files" }] });
  });

  test("is refused where none has a pipeline and one is not there, and told where one has", () => {
    const line =
      'ARMTemplateForFactory.json: deployment "d": links to ArmTemplate_0.json, expected is a file of that name beside it';
    const link = deployment({ templateLink: linked });
    expect(problems([link])).toEqual([line]);
    const { definition, warnings } = checkFactory(readFactory(exported([link, copy])));
    expect([definition?.pipelines.length, warnings.map(problemLine)]).toEqual([1, [line]]);
  });
});

test("JSON that is no template is one line", () => {
  expect(() => readFactory(exported([], { resources: {} }))).toThrow("ARMTemplateForFactory.json: resources: ");
});
