import { BlobEvents, type BlobItem, Factory, HandledBlobs, loadFactory, VirtualClock } from "adf-local";
import { namesOf } from "../../environments/naming";
import { load } from "../../environments/load";
import { activitiesJson } from "../../pipelines/language/render";
import type { Pipeline } from "../../pipelines/language/pipeline";
import { pipelinesOf } from "../../pipelines/pipelines";
import { plantRelease } from "./language/example";

const names = namesOf(load("dev"));
const pipelines = pipelinesOf(plantRelease, names, { catchUpEveryHours: 6, gatherSeconds: 15 });
const identity = {
  type: "UserAssignedManagedIdentity",
  resource: "https://management.azure.com/",
  credential: { referenceName: "factory_identity", type: "CredentialReference" },
};

test("a ring waits until all of its slot can be seen, asks once, and lets the last of them start scoring", () => {
  const [wait, rings, ifLast] = JSON.parse(activitiesJson(pipelines.doorbell));
  expect(wait).toEqual({
    name: "until_all_rang",
    type: "Wait",
    dependsOn: [],
    userProperties: [],
    typeProperties: { waitTimeInSeconds: 30 },
  });
  expect(rings).toEqual({
    name: "rings",
    type: "WebActivity",
    dependsOn: [{ activity: "until_all_rang", dependencyConditions: ["Succeeded"] }],
    policy: { timeout: "0.00:10:00", retry: 5, retryIntervalInSeconds: 60, secureOutput: true, secureInput: false },
    userProperties: [],
    typeProperties: {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      url: {
        value:
          "@concat('https://management.azure.com', pipeline().globalParameters.factory_id, '/queryPipelineRuns?api-version=2018-06-01')",
        type: "Expression",
      },
      body: {
        value:
          '@concat(\'{"lastUpdatedAfter":"\', addMinutes(pipeline().TriggerTime, -2), \'","lastUpdatedBefore":"\', addMinutes(utcNow(), 5), \'","filters":[{"operand":"PipelineName","operator":"Equals","values":["doorbell"]}],"orderBy":[{"orderBy":"RunStart","order":"DESC"}]}\')',
        type: "Expression",
      },
      authentication: identity,
    },
  });
  expect(ifLast).toEqual({
    name: "if_last",
    type: "IfCondition",
    dependsOn: [{ activity: "rings", dependencyConditions: ["Succeeded"] }],
    userProperties: [],
    typeProperties: {
      expression: {
        value: `@contains(createArray(pipeline().RunId, ''), xpath(xml(json(concat('{"runs":{"run":', string(activity('rings').output.value), '}}'))), concat('string((/runs/run[starts-with(runStart, "', formatDateTime(pipeline().TriggerTime, 'yyyy-MM-ddTHH:mm:'), '") and floor(substring(runStart, 18, 2) div 15) = ', div(int(formatDateTime(pipeline().TriggerTime, 'ss')), 15), '] | /runs/run[100])[1]/runId)')))`,
        type: "Expression",
      },
      ifTrueActivities: [
        {
          name: "start_scoring",
          type: "ExecutePipeline",
          dependsOn: [],
          userProperties: [],
          typeProperties: {
            pipeline: { referenceName: "start_scoring", type: "PipelineReference" },
            waitOnCompletion: false,
          },
        },
      ],
    },
  });
  expect(pipelines.doorbell.concurrency).toBeUndefined();
});

/** More than the 100 runs of a page, and than the 101 that a pipeline with a concurrency takes. */
const STORM = 120;
const LANDED = new Date("2026-11-30T00:12:37.500Z");
const RING = { pipelineReference: { referenceName: "doorbell" } };
const SCORE = { pipelineReference: { referenceName: "scoring" } };

/** A factory with this project's pipelines, whose scoring takes five minutes for what has landed by its start. */
function plant(started: typeof RING) {
  const clock = new VirtualClock(LANDED);
  const blobs = new Map<string, BlobItem>();
  /** By blob, when the first run that scored it began. */
  const scored = new Map<string, number>();
  const source = (pipeline: Pipeline, ...more: readonly object[]) => ({
    name: pipeline.name,
    properties: {
      activities: [...JSON.parse(activitiesJson(pipeline)), ...more],
      ...(pipeline.concurrency !== undefined && { concurrency: pipeline.concurrency }),
    },
  });
  const definition = loadFactory({
    name: names.dataFactory,
    globalParameters: Object.fromEntries(
      pipelines.scoring.globalParameters.map((name) => [name, { type: "String", value: "" }]),
    ),
    pipelines: [
      source(pipelines.scoring, { name: "cluster", type: "Wait", typeProperties: { waitTimeInSeconds: 300 } }),
      source(pipelines.startScoring),
      source(pipelines.doorbell),
    ],
    triggers: [
      {
        name: "new_blobs",
        properties: {
          type: "BlobEventsTrigger",
          runtimeState: "Started",
          pipelines: [started],
          typeProperties: {
            blobPathBeginsWith: "/landing/blobs/incoming/",
            ignoreEmptyBlobs: true,
            events: ["Microsoft.Storage.BlobCreated"],
          },
        },
      },
    ],
  });
  const ingest = () => {
    const began = clock.now().getTime();
    for (const blob of blobs.keys()) if (!scored.has(blob)) scored.set(blob, began);
    return { output: { runOutput: { to_date: "" } } };
  };
  const factory = new Factory(definition, {
    clock,
    stubs: { scoring: { ingest, feature_engineering: {}, scoring: {} } },
    globalParameters: {
      factory_id: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataFactory/factories/${names.dataFactory}`,
    },
  });
  const events = new BlobEvents({ factory, list: async () => [...blobs.values()], handled: new HandledBlobs() });
  let landed = 0;
  /** Lands blobs, and lets their events start what they start. */
  const land = async (count: number) => {
    for (let left = count; left > 0; left -= 1) {
      const name = `incoming/telemetry/storm/${(landed += 1)}.csv`;
      blobs.set(name, { container: "landing", name, etag: "1", size: 9 });
    }
    return (await events.poll()).map(({ runs }) => runs);
  };
  const runsOf = (pipeline: string) => factory.history.runs.filter((run) => run.pipeline === pipeline);
  return { clock, events, land, runsOf, scored };
}

test("a storm of more blobs than an answer shows is at most three runs of scoring; none is refused, and the last blob is scored by a run that began after it landed", async () => {
  const { clock, events, land, runsOf, scored } = plant(RING);
  const started = [];
  for (let second = 0; second < 20; second += 1) {
    started.push(...(await land(STORM / 20)));
    await clock.sleep(1000);
  }
  const last = clock.now().getTime() - 1000;
  expect((await Promise.all(started)).flat().every(({ status }) => status === "Succeeded")).toBe(true);
  expect(runsOf("doorbell")).toHaveLength(STORM);
  expect(runsOf("scoring").length).toBeLessThanOrEqual(3);
  expect(scored.size).toBe(STORM);
  expect(Math.max(...scored.values())).toBeGreaterThanOrEqual(last);
  expect(events).toMatchObject({ left: 0, held: 0 });
});

test("where each blob starts scoring itself, the same storm is a run for each blob, and most of them have no place in the queue", async () => {
  const { events, land, runsOf } = plant(SCORE);
  const started = await land(STORM);
  expect(events.held).toBe(STORM - 101);
  await Promise.all(started);
  expect(runsOf("scoring")).toHaveLength(101);
});

test("one blob is scored by one run, within half a minute of its landing", async () => {
  const { land, runsOf, scored } = plant(RING);
  await Promise.all(await land(1));
  expect(runsOf("scoring")).toHaveLength(1);
  expect(Math.max(...scored.values()) - LANDED.getTime()).toBeLessThanOrEqual(30_000);
});

test("blobs that land while scoring runs are scored by one more run", async () => {
  const { clock, land, runsOf, scored } = plant(RING);
  const started = await land(1);
  for (let minute = 0; minute < 4; minute += 1) {
    await clock.sleep(60_000);
    started.push(...(await land(3)));
  }
  await Promise.all(started);
  expect(runsOf("scoring")).toHaveLength(2);
  expect(scored.size).toBe(13);
});

test("a stream of blobs without a pause is scored all the time", async () => {
  const { clock, land, runsOf, scored } = plant(RING);
  const started = [];
  for (let second = 0; second < 1500; second += 10) {
    started.push(...(await land(1)));
    await clock.sleep(10_000);
  }
  await Promise.all(started);
  expect(scored.size).toBe(150);
  expect(runsOf("scoring").length).toBeGreaterThanOrEqual(5);
  expect(runsOf("scoring").length).toBeLessThanOrEqual(7);
});
