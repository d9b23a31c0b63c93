import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkFactory, openFactory } from "../../load";
import { readFactory } from "../../sources/read-factory";
import { problemLine } from "../../problem";

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** A `cdktf.out` of these stacks. */
function synthesized(stacks: Readonly<Record<string, Resources>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "cdktf-out-"));
  for (const [name, resource] of Object.entries(stacks)) {
    mkdirSync(path.join(folder, "stacks", name), { recursive: true });
    writeFileSync(path.join(folder, "stacks", name, "cdk.tf.json"), JSON.stringify({ resource }));
  }
  const index = Object.keys(stacks).map((name) => [name, { synthesizedStackPath: `stacks/${name}/cdk.tf.json` }]);
  writeFileSync(path.join(folder, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(index) }));
  return folder;
}

const wait = { name: "a", type: "Wait", typeProperties: { waitTimeInSeconds: 1 } };
const pipeline = {
  name: "load",
  activities_json: JSON.stringify([wait]),
  parameters: { day: "monday" },
  concurrency: 1,
};
const factory: Resources = {
  azurerm_data_factory: { f: { name: "plant", global_parameter: { name: "days", type: "Int", value: "3" } } },
  azurerm_data_factory_pipeline: { p: pipeline },
};
const other: Resources = { azurerm_storage_account: { s: { name: "s" } } };
const starts = { pipeline: [{ name: "${azurerm_data_factory_pipeline.p.name}", parameters: { day: "sunday" } }] };
const check = (more: Resources) => checkFactory(readFactory(synthesized({ plant: { ...factory, ...more } })));

test("the factory of the one stack that has one is read", () => {
  const folder = synthesized({ storage: other, plant: factory });
  const expected = {
    name: "plant",
    globalParameters: { days: 3 },
    pipelines: [{ name: "load", concurrency: 1, activities: [{ name: "a", type: "Wait" }] }],
  };
  expect(openFactory(folder)).toMatchObject(expected);
  expect(openFactory(path.join(folder, "stacks", "plant"))).toMatchObject(expected);
  expect(openFactory(path.join(folder, "stacks", "plant", "cdk.tf.json"))).toMatchObject(expected);
});

test.each([
  ["no stack has a factory", { storage: other }, "found none"],
  ["two stacks have one", { dev: factory, prod: factory }, /found .*dev, .*prod/],
])("where %s, the stack has to be named", (_, stacks, message) => {
  expect(() => readFactory(synthesized(stacks))).toThrow(message);
});

test("triggers are those of the service, and names are read where a resource refers to them", () => {
  const windows = {
    ...starts,
    frequency: "Hour",
    interval: 1,
    start_time: "2026-01-01T00:00:00Z",
    retry: { count: 2, interval: 60 },
  };
  const { definition, problems } = check({
    azurerm_data_factory_trigger_blob_event: {
      b: { name: "blobs", events: ["Microsoft.Storage.BlobCreated"], blob_path_ends_with: ".csv", ...starts },
    },
    azurerm_data_factory_trigger_schedule: {
      s: {
        name: "days",
        frequency: "Month",
        activated: false,
        schedule: { hours: [1], monthly: { weekday: "Friday", week: -1 } },
        ...starts,
      },
    },
    azurerm_data_factory_trigger_tumbling_window: {
      t: { name: "windows", trigger_dependency: [{ offset: "-01:00:00" }], ...windows },
      u: {
        name: "later",
        trigger_dependency: { trigger_name: "${azurerm_data_factory_trigger_tumbling_window.t.name}" },
        ...windows,
      },
    },
  });
  expect(problems).toEqual([]);
  expect(definition).toMatchObject({
    blobEventsTriggers: [{ name: "blobs", properties: { runtimeState: "Started" } }],
    scheduleTriggers: [
      {
        properties: {
          runtimeState: "Stopped",
          pipelines: [{ pipelineReference: { referenceName: "load" }, parameters: { day: "sunday" } }],
          typeProperties: {
            recurrence: { schedule: { hours: [1], monthlyOccurrences: [{ day: "Friday", occurrence: -1 }] } },
          },
        },
      },
    ],
    tumblingWindowTriggers: [
      {
        properties: {
          typeProperties: {
            maxConcurrency: 50,
            retryPolicy: { count: 2, intervalInSeconds: 60 },
            dependsOn: [{ type: "SelfDependencyTumblingWindowTriggerReference", offset: -3_600_000 }],
          },
        },
      },
      { properties: { typeProperties: { dependsOn: [{ referenceTrigger: { referenceName: "windows" } }] } } },
    ],
  });
});

test("a trigger that is left to be started after the deployment counts as started", () => {
  const lifecycle = { ignore_changes: ["activated"] };
  const { definition } = check({
    azurerm_data_factory_trigger_schedule: { s: { name: "s", activated: false, lifecycle, ...starts } },
  });
  expect(definition?.scheduleTriggers[0]?.properties.runtimeState).toBe("Started");
});

test.each<[string, Resources, string]>([
  [
    "a kind of trigger that is not read",
    { azurerm_data_factory_trigger_custom_event: { c: { name: "orders", ...starts } } },
    'cdk.tf.json: trigger "orders": properties.type: "azurerm_data_factory_trigger_custom_event" does not run here',
  ],
  [
    "a trigger with a wrong value",
    { azurerm_data_factory_trigger_schedule: { s: { name: "s", frequency: "Year", ...starts } } },
    'cdk.tf.json: trigger "s": properties.typeProperties.recurrence.frequency: "Year" is none of',
  ],
  [
    "a resource of another shape",
    { azurerm_data_factory_trigger_schedule: { s: { frequency: "Day" } } },
    "cdk.tf.json: azurerm_data_factory_trigger_schedule.s: name: ",
  ],
  [
    "activities that are no JSON",
    { azurerm_data_factory_pipeline: { p: { ...pipeline, activities_json: "[" } } },
    'cdk.tf.json: pipeline "load": properties.activities: ',
  ],
  [
    "a second factory",
    { azurerm_data_factory: { f: { name: "a" }, g: { name: "b" } } },
    "cdk.tf.json: one azurerm_data_factory is expected, found 2",
  ],
])("%s is a problem", (_, more, message) => {
  expect(problemLine(check(more).problems[0]!)).toContain(message);
});
