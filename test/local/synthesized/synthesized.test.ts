import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readSynthesized } from "../../../local/synthesized/synthesized";
import { type SynthesizedContent, writeSynthesized } from "../fixtures/synthesized-folder";

test("reads what runs on a laptop: containers, factory, pipelines, triggers, notebooks", () => {
  const folder = writeSynthesized({ notebooks: { ingest: "" } });
  const { containers, definition, workspaceFiles } = readSynthesized(folder, "dev");
  expect(containers).toEqual(["lake", "landing"]);
  expect(definition.name).toBe("adf-dev");
  expect(definition.globalParameters).toMatchObject({ catalog: "pdm_dev" });
  expect(definition.pipelines.map(({ name, concurrency }) => [name, concurrency])).toEqual([
    ["training", 1],
    ["scoring", 1],
  ]);
  expect(definition.pipelines[0]!.activities).toMatchObject([{ name: "ingest", type: "DatabricksNotebook" }]);
  expect(definition.blobEventsTriggers).toMatchObject([
    { name: "new_telemetry", properties: { runtimeState: "Started", typeProperties: { blobPathEndsWith: "" } } },
  ]);
  expect(definition.scheduleTriggers).toMatchObject([
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
  expect(readSynthesized(folder, "dev").definition.scheduleTriggers.at(-1)).toMatchObject({
    properties: { runtimeState },
  });
});

test("global parameters have their types", () => {
  const types = { Bool: "True", Int: "7", Float: "0.5", Array: '["a"]', Object: '{"a":1}' };
  const global_parameter = Object.entries(types).map(([type, value]) => ({ name: type, type, value }));
  const folder = writeSynthesized({
    resources: { azurerm_data_factory: { factory: { name: "adf", global_parameter } } },
    activities: { training: [], scoring: [] },
  });
  const { globalParameters } = readSynthesized(folder, "dev").definition;
  expect(globalParameters).toEqual({ Bool: true, Int: 7, Float: 0.5, Array: ["a"], Object: { a: 1 } });
});

const schedule = (change: object) => ({
  azurerm_data_factory_trigger_schedule: { catch_up: { name: "t", pipeline: [{ name: "scoring" }], ...change } },
});

test.each<[string, SynthesizedContent["resources"], string]>([
  ["an unknown time zone", schedule({ time_zone: "Mars" }), '"Mars" is no time zone of Windows or IANA'],
  [
    "a kind of trigger that is not read",
    { azurerm_data_factory_trigger_custom_event: { orders: { name: "orders" } } },
    '"azurerm_data_factory_trigger_custom_event" does not run here',
  ],
  [
    "an unknown frequency",
    schedule({ frequency: "Year" }),
    'trigger "t": properties.typeProperties.recurrence.frequency: "Year" is none of',
  ],
  [
    "activities that are not JSON",
    { azurerm_data_factory_pipeline: { training: { name: "training", activities_json: "{" } } },
    'pipeline "training": properties.activities: ',
  ],
  [
    "a concurrency that is no number",
    { azurerm_data_factory_pipeline: { training: { name: "training", concurrency: "one" } } },
    'pipeline "training": properties.concurrency: ',
  ],
  [
    "a global parameter that is not of its type",
    {
      azurerm_data_factory: {
        factory: { name: "adf", global_parameter: { name: "hours", type: "Int", value: "two" } },
      },
    },
    'globalParameters.hours: parameter "hours" of type Int cannot be "two" of type String',
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
  expect(() => readSynthesized(writeSynthesized({ resources }), "dev")).toThrow(
    'trigger "t": properties.pipelines.0: there is no pipeline "gone", there are: training, scoring',
  );
});
