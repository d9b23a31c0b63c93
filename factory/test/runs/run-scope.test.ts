import type { TriggerSource } from "../../source";
import { BlobEvents } from "../../triggers/blob-events";
import { HandledBlobs } from "../../triggers/handled-blobs";
import { Schedules } from "../../triggers/schedules";
import { activity, fakeFactory, FakeNotebooks, notebook, strings } from "../fake-factory";
import { ManualClock } from "../manual-clock";

const PIPELINE = [
  "DataFactory",
  "Pipeline",
  "RunId",
  "GroupId",
  "TriggerType",
  "TriggerId",
  "TriggerName",
  "TriggerTime",
];
const PARENT = ["TriggeredByPipelineName", "TriggeredByPipelineRunId"];

/** A notebook whose widgets have what the service documents as system variables. */
const asks = notebook("ask", {
  baseParameters: Object.fromEntries([
    ...PIPELINE.map((name) => [name, `@pipeline().${name}`]),
    ...PARENT.map((name) => [name, `@coalesce(pipeline()?.${name}, 'none')`]),
  ]),
});

const NOW = "2026-01-01T05:59:00Z";
const factoryOf = (activities: readonly unknown[], more: object = {}) => {
  const notebooks = new FakeNotebooks();
  const clock = new ManualClock(NOW);
  const factory = fakeFactory(notebooks, { activities, parameters: strings({ at: "" }) }, { clock, ...more });
  return { notebooks, clock, factory, asked: () => notebooks.calls.at(-1)!.parameters };
};

test("a run by hand has the trigger Manual, and no pipeline that triggered it", async () => {
  const { factory, asked } = factoryOf([asks]);
  const run = await factory.run("p");
  expect(asked()).toEqual({
    DataFactory: "adf",
    Pipeline: "p",
    RunId: run.runId,
    GroupId: run.runId,
    TriggerType: "Manual",
    TriggerId: run.invocation!.id,
    TriggerName: "Manual",
    TriggerTime: "2026-01-01T05:59:00.000Z",
    TriggeredByPipelineName: "none",
    TriggeredByPipelineRunId: "none",
  });
});

test("a run of a pipeline that another executes is in its group, and has an id for the name of its trigger", async () => {
  const call = activity("call", "ExecutePipeline", { pipeline: { referenceName: "child" }, waitOnCompletion: true });
  const { factory, asked } = factoryOf([call], { pipelines: [{ name: "child", properties: { activities: [asks] } }] });
  const parent = await factory.run("p");
  const child = factory.history.runs.find(({ pipeline }) => pipeline === "child")!;
  expect(asked()).toMatchObject({
    RunId: child.runId,
    GroupId: parent.runId,
    TriggerType: "PipelineActivity",
    TriggerName: child.invocation!.id,
    TriggeredByPipelineName: "p",
    TriggeredByPipelineRunId: parent.runId,
  });
});

test("a schedule gives its name, its type and the time at which it fired, also to a run that was queued", async () => {
  const triggers: TriggerSource[] = [
    {
      name: "mornings",
      properties: {
        type: "ScheduleTrigger",
        runtimeState: "Started",
        pipelines: [{ pipelineReference: { referenceName: "p" }, parameters: { at: "@trigger().scheduledTime" } }],
        typeProperties: { recurrence: { frequency: "Day", interval: 1, schedule: { hours: [6], minutes: [0] } } },
      },
    },
  ];
  const { factory, clock, asked } = factoryOf([asks], { triggers });
  const schedules = new Schedules(factory, (run) => void run.catch(() => undefined));
  schedules.start();
  await clock.pass(60_000);
  schedules.stop();
  const [fired] = factory.history.triggerRuns;
  expect(asked()).toMatchObject({
    TriggerType: "ScheduleTrigger",
    TriggerName: "mornings",
    TriggerId: fired!.triggerRunId,
    TriggerTime: "2026-01-01T06:00:00.000Z",
  });
  expect(factory.history.runs[0]!.parameters).toEqual({ at: "2026-01-01T06:00:00.000Z" });
});

test("a blob gives its name and folder, in triggerBody() and in the trigger's outputs", async () => {
  const triggers: TriggerSource[] = [
    {
      name: "blobs",
      properties: {
        type: "BlobEventsTrigger",
        runtimeState: "Started",
        pipelines: [
          {
            pipelineReference: { referenceName: "p" },
            parameters: {
              at: "@concat(triggerBody().folderPath, '|', triggerBody().fileName, '|', trigger().outputs.body.fileName, '|', trigger().startTime)",
            },
          },
        ],
        typeProperties: {
          events: ["Microsoft.Storage.BlobCreated"],
          blobPathBeginsWith: "/landing/",
          ignoreEmptyBlobs: true,
        },
      },
    },
  ];
  const { factory } = factoryOf([asks], { triggers });
  const list = async () => [{ container: "landing", name: "a/b.csv", etag: "1", size: 1 }];
  const [raised] = await new BlobEvents({ factory, list, handled: new HandledBlobs() }).poll();
  await raised!.runs;
  expect(factory.history.runs[0]!.parameters).toEqual({ at: "landing/a|b.csv|b.csv|2026-01-01T05:59:00.000Z" });
});

test("an activity reads the id, the times, the status, the duration and the error of one before it", async () => {
  const read = (name: string) => `@string(activity('bad').${name})`;
  const names = [
    "ActivityRunId",
    "PipelineRunId",
    "Status",
    "ExecutionStartTime",
    "ExecutionEndTime",
    "Duration",
    "error",
  ];
  const { factory, notebooks, clock } = factoryOf([
    activity("wait", "Wait", { waitTimeInSeconds: 90_061 }),
    activity("bad", "Fail", { message: "no rows", errorCode: "404" }, { wait: "Succeeded" }),
    notebook("ask", {
      bad: "Failed",
      baseParameters: {
        ...Object.fromEntries(names.map((name) => [name, read(name)])),
        waited: "@activity('wait').duration",
      },
    }),
  ]);
  const ended = factory.run("p");
  await clock.pass(90_061_000);
  const run = await ended;
  const bad = run.activities[1]!;
  expect(notebooks.calls[0]!.parameters).toEqual({
    ActivityRunId: bad.id,
    PipelineRunId: run.runId,
    Status: "Failed",
    ExecutionStartTime: bad.start,
    ExecutionEndTime: bad.end,
    Duration: "00:00:00",
    error: JSON.stringify({
      message: "no rows",
      errorCode: "404",
      failureType: "UserError",
      target: "bad",
      details: [],
    }),
    waited: "1.01:01:01",
  });
});
