import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { loadFactory } from "adf-local";
import { readSynthesized } from "../../../local/synthesized/synthesized";
import { type SynthesizedContent, writeSynthesized } from "../fixtures/synthesized-folder";

test("reads what runs on a laptop: containers, factory, pipelines, triggers, notebooks", () => {
  const folder = writeSynthesized({ notebooks: { ingest: "" } });
  const { containers, factory, workspaceFiles } = readSynthesized(folder, "dev");
  expect(containers).toEqual(["lake", "landing"]);
  expect(factory.name).toBe("adf-dev");
  expect(factory.globalParameters).toMatchObject({ catalog: { type: "String", value: "pdm_dev" } });
  expect(factory.pipelines.map(({ name, properties }) => [name, properties.concurrency])).toEqual([
    ["training", 1],
    ["scoring", 1],
  ]);
  expect(factory.pipelines[0]!.properties.activities).toMatchObject([{ name: "ingest", type: "DatabricksNotebook" }]);
  expect(factory.triggers).toMatchObject([
    { name: "new_telemetry", properties: { runtimeState: "Started", typeProperties: { blobPathEndsWith: "" } } },
    { properties: { typeProperties: { recurrence: { frequency: "Hour", schedule: { hours: [1], minutes: [0] } } } } },
  ]);
  const source = path.join(folder, "stacks", "dev-databricks", "assets", "ingest.py");
  expect(workspaceFiles).toMatchObject([{ path: expect.stringMatching(/\/ingest$/), source, isNotebook: true }]);
});

test.each([
  ["Started", "that is left to be started after the deployment", { ignore_changes: ["activated"] }],
  ["Stopped", "that is deployed stopped and stays so", undefined],
])("on a laptop it is %s, a trigger %s", (runtimeState, _, lifecycle) => {
  const folder = writeSynthesized({ resources: schedule({ activated: false, ...(lifecycle && { lifecycle }) }) });
  expect(readSynthesized(folder, "dev").factory.triggers!.at(-1)).toMatchObject({ properties: { runtimeState } });
});

test("global parameters have their types", () => {
  const types = { Bool: "True", Int: "7", Float: "0.5", Array: '["a"]', Object: '{"a":1}' };
  const global_parameter = Object.entries(types).map(([type, value]) => ({ name: type, type, value }));
  const folder = writeSynthesized({
    resources: { azurerm_data_factory: { factory: { name: "adf", global_parameter } } },
  });
  const { globalParameters } = loadFactory(readSynthesized(folder, "dev").factory);
  expect(globalParameters).toEqual({ Bool: true, Int: 7, Float: 0.5, Array: ["a"], Object: { a: 1 } });
});

const schedule = (change: object) => ({
  azurerm_data_factory_trigger_schedule: { catch_up: { name: "t", pipeline: [{ name: "scoring" }], ...change } },
});

test.each<[string, SynthesizedContent["resources"], string]>([
  [
    "another time zone",
    schedule({ time_zone: "W. Europe Standard Time" }),
    "azurerm_data_factory_trigger_schedule.catch_up: time_zone: the laptop runs schedules in UTC only",
  ],
  [
    "a kind of trigger that is not read",
    { azurerm_data_factory_trigger_tumbling_window: { windows: { name: "windows" } } },
    "azurerm_data_factory_trigger_tumbling_window does not run on a laptop",
  ],
  [
    "an unknown frequency",
    schedule({ frequency: "Year" }),
    "azurerm_data_factory_trigger_schedule.catch_up: frequency",
  ],
  [
    "activities that are not JSON",
    { azurerm_data_factory_pipeline: { training: { name: "training", activities_json: "{" } } },
    'activities_json of pipeline "training" is not a JSON array',
  ],
  [
    "a concurrency that is no number",
    { azurerm_data_factory_pipeline: { training: { name: "training", concurrency: "one" } } },
    "azurerm_data_factory_pipeline.training: concurrency",
  ],
  [
    "a global parameter that is not of its type",
    {
      azurerm_data_factory: {
        factory: { name: "adf", global_parameter: { name: "hours", type: "Int", value: "two" } },
      },
    },
    "global parameter hours cannot be read",
  ],
])("%s is one clear error", (_, resources, message) => {
  expect(() => readSynthesized(writeSynthesized({ resources }), "dev")).toThrow(message);
});

test("an unknown environment is named with those that exist", () => {
  expect(() => readSynthesized(writeSynthesized(), "qa")).toThrow('unknown environment "qa", known are dev');
});

test("a folder that is not synthesized, and one that is damaged", () => {
  const folder = writeSynthesized();
  writeFileSync(path.join(folder, "stacks", "dev-foundation", "cdk.tf.json"), "{");
  expect(() => readSynthesized(folder, "dev")).toThrow(/dev-foundation.cdk\.tf\.json cannot be read/);
  rmSync(path.join(folder, "manifest.json"));
  expect(() => readSynthesized(folder, "dev")).toThrow("is not a synthesized folder: it has no manifest.json");
});

test("a trigger that starts an unknown pipeline is an error before anything runs", () => {
  const resources = schedule({ pipeline: [{ name: "gone" }] });
  const { factory } = readSynthesized(writeSynthesized({ resources }), "dev");
  expect(() => loadFactory(factory)).toThrow('trigger "t" starts pipeline "gone", which does not exist');
});
