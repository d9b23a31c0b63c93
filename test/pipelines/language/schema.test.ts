import { load } from "../../../environments/load";
import { namesOf } from "../../../environments/naming";
import type { Pipeline } from "../../../pipelines/language/pipeline";
import { activitiesJson } from "../../../pipelines/language/render";
import { pipelinesOf } from "../../../pipelines/pipelines";
import type { Trigger } from "../../../pipelines/language/trigger";
import { triggers } from "../../../pipelines/triggers";
import { plantRelease } from "./example";
import { schemaErrors, schemaIsAbsent } from "./service-schema";

const dev = load("dev");
const names = namesOf(dev);
const newWork = { webhook: "https://crew.example/items", audience: "api://crew" };
const pipelines = pipelinesOf(plantRelease, names, { ...dev.scoring, newWork });

const pipelineProperties = (pipeline: Pipeline) => ({
  description: pipeline.description,
  concurrency: pipeline.concurrency,
  parameters: Object.fromEntries(
    Object.entries(pipeline.parameters).map(([name, defaultValue]) => [name, { type: "String", defaultValue }]),
  ),
  activities: JSON.parse(activitiesJson(pipeline)),
});

/** What Terraform's provider makes of a trigger. */
const triggerProperties = (trigger: Trigger) => ({
  type: trigger.type,
  description: trigger.description,
  pipelines: trigger.pipelines.map((pipeline) => ({
    pipelineReference: { referenceName: pipeline.name, type: "PipelineReference" },
  })),
  typeProperties:
    trigger.type === "ScheduleTrigger"
      ? { recurrence: trigger.recurrence }
      : {
          events: trigger.events,
          blobPathBeginsWith: trigger.blobPathBeginsWith,
          ignoreEmptyBlobs: trigger.ignoreEmptyBlobs,
          scope: "/subscriptions/0/resourceGroups/plant/providers/Microsoft.Storage/storageAccounts/plant",
        },
});

if (schemaIsAbsent) console.warn("SKIPPED: ../shared/schemas is absent, nothing is held against Microsoft's schema");
const testSchema = schemaIsAbsent ? test.skip : test;

testSchema.each(Object.values(pipelines))("Microsoft's schema accepts the pipeline $name", (pipeline) => {
  expect(schemaErrors("pipelines", pipeline.name, pipelineProperties(pipeline))).toEqual([]);
});

testSchema.each(triggers(pipelines, dev, names))("Microsoft's schema accepts the trigger $name", (trigger) => {
  expect(schemaErrors("triggers", trigger.name, triggerProperties(trigger))).toEqual([]);
});

testSchema("Microsoft's schema refuses what the service would", () => {
  const { activities } = pipelineProperties(pipelines.training);
  const dependsOn = [{ activity: "ingest", dependencyConditions: ["Finished"] }];
  expect(schemaErrors("pipelines", "x", { activities: [{ ...activities[0], dependsOn }] })).not.toEqual([]);
  const [trigger] = triggers(pipelines, dev, names).map(triggerProperties);
  expect(schemaErrors("triggers", "x", { ...trigger, type: "BlobTrigger" })).not.toEqual([]);
});
