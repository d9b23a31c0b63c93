import { activity, fakeFactory, FakeNotebooks, fails, notebook, strings } from "../../fake-factory";
import type { FactoryEvent } from "../../../runs/events";
import { ManualClock } from "../../manual-clock";

const execute = (waitOnCompletion: boolean | undefined, more: object = {}) =>
  activity("call", "ExecutePipeline", {
    pipeline: { referenceName: "Child", type: "PipelineReference" },
    waitOnCompletion,
    ...more,
  });

const returns = (content: string) =>
  activity("return", "SetVariable", {
    variableName: "pipelineReturnValue",
    setSystemVariable: true,
    value: [{ key: "Answer", value: { type: "Expression", content } }],
  });

const slow = activity("slow", "Wait", { waitTimeInSeconds: 60 });

test("waits, gives parameters and reads what the pipeline returns", async () => {
  const notebooks = new FakeNotebooks();
  const activities = [
    execute(true, { parameters: { DAY: "@concat('mon', 'day')" } }),
    notebook("after", {
      call: "Succeeded",
      baseParameters: { answer: "@activity('call').output.pipelineReturnValue.answer" },
    }),
  ];
  const child = {
    name: "child",
    properties: {
      parameters: strings({ day: "" }),
      activities: [returns("@concat(pipeline().parameters.day, '!', pipeline()?.TriggeredByPipelineName)")],
    },
  };
  const factory = fakeFactory(notebooks, { activities }, { pipelines: [child] });
  const run = await factory.run("P");
  expect(notebooks.calls[0]!.parameters).toEqual({ answer: "monday!p" });
  const [first, second] = factory.history.runs;
  expect(first).toMatchObject({
    pipeline: "child",
    invokedBy: "p",
    parent: { runId: run.runId, pipeline: "p", groupId: run.runId },
    parameters: { day: "monday" },
  });
  expect(second).toEqual(run);
  expect(run.activities[0]!.output).toEqual({
    pipelineName: "Child",
    pipelineRunId: first!.runId,
    pipelineReturnValue: { Answer: "monday!p" },
  });
});

test.each([false, undefined])("with waitOnCompletion %s it goes on at once", async (waitOnCompletion) => {
  const clock = new ManualClock("2015-01-01T00:00:00Z");
  const pipelines = [{ name: "child", properties: { activities: [slow] } }];
  const factory = fakeFactory(new FakeNotebooks(), { activities: [execute(waitOnCompletion)] }, { pipelines, clock });
  expect(await factory.run("p")).toMatchObject({ status: "Succeeded", end: "2015-01-01T00:00:00.000Z" });
  await clock.pass(60_000);
  expect(factory.history.runs.map(({ pipeline, status }) => [pipeline, status])).toEqual([
    ["p", "Succeeded"],
    ["child", "Succeeded"],
  ]);
});

test("fails with what the pipeline failed at", async () => {
  const pipelines = [{ name: "child", properties: { activities: [notebook("bad")] } }];
  const factory = fakeFactory(new FakeNotebooks({ bad: fails }), { activities: [execute(true)] }, { pipelines });
  const run = await factory.run("p");
  expect(run.activities[0]).toMatchObject({ status: "Failed", error: "Operation on target bad failed: it broke" });
});

test.each([true, false])("a value of another type than its parameter's fails it (waits: %s)", async (waits) => {
  const pipelines = [{ name: "child", properties: { activities: [], parameters: { x: { type: "Int" } } } }];
  const activities = [execute(waits, { parameters: { x: "@string('many')" } })];
  const run = await fakeFactory(new FakeNotebooks(), { activities }, { pipelines }).run("p");
  expect(run.activities[0]!.error).toBe('pipeline "child": parameter "x" of type Int cannot be "many" of type String');
});

test("a parameter that the pipeline does not have is left out", async () => {
  const pipelines = [{ name: "child", properties: { activities: [], parameters: { x: { type: "Int" } } } }];
  const activities = [execute(true, { parameters: { X: "1", y: 2 } })];
  const factory = fakeFactory(new FakeNotebooks(), { activities }, { pipelines });
  await factory.run("p");
  expect(factory.history.runs.find(({ pipeline }) => pipeline === "child")?.parameters).toEqual({ x: 1 });
});

test("it fails where a hundred runs of the pipeline are queued, also if it does not wait", async () => {
  const clock = new ManualClock("2015-01-01T00:00:00Z");
  const pipelines = [{ name: "child", properties: { activities: [slow], concurrency: 1 } }];
  const factory = fakeFactory(new FakeNotebooks(), { activities: [execute(false)] }, { pipelines, clock });
  const runs = Array.from({ length: 101 }, () => factory.run("child"));
  expect((await factory.run("p")).activities[0]!.error).toBe(
    'pipeline "child": 100 runs are queued, the service takes no more',
  );
  const stopped = factory.stop();
  await Promise.allSettled(runs);
  await stopped;
});

test("a pipeline that does not exist is an error when it is loaded", () => {
  expect(() => fakeFactory(new FakeNotebooks(), { activities: [execute(true)] })).toThrow(
    'pipeline "p": activity "call": typeProperties.pipeline: there is no pipeline "Child", there are: p',
  );
});

test.each([
  [true, "Cancelled"],
  [false, "Succeeded"],
])("a pipeline that is waited for (%s) ends %s when its caller is cancelled", async (waitOnCompletion, expected) => {
  const clock = new ManualClock("2015-01-01T00:00:00Z");
  const started: string[] = [];
  const observe = (event: FactoryEvent): void => {
    if (event.kind === "runStarted") started.push(event.run.runId);
  };
  const pipelines = [{ name: "child", properties: { activities: [slow] } }];
  const activities = [execute(waitOnCompletion), activity("wait", "Wait", { waitTimeInSeconds: 60 })];
  const factory = fakeFactory(new FakeNotebooks(), { activities }, { pipelines, clock, observe });
  const ended = factory.run("p");
  await clock.pass(1_000);
  await factory.cancel(started[0]!);
  expect((await ended).status).toBe("Cancelled");
  await clock.pass(60_000);
  const child = factory.history.runs.find(({ pipeline }) => pipeline === "child");
  expect(child?.status).toBe(expected);
});
