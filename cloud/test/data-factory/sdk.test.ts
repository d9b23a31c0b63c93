import type { RunFilterParameters } from "@azure/arm-datafactory";
import { Laptop, of } from "../laptop";

const EVER: RunFilterParameters = {
  lastUpdatedAfter: new Date("2000-01-01"),
  lastUpdatedBefore: new Date("2100-01-01"),
};

let laptop: Laptop;
let release = (): void => undefined;
const held = new Promise<string>((resolve) => (release = () => resolve('{"rows": 7}')));

beforeAll(async () => {
  let failures = 1;
  laptop = await Laptop.start({
    score: (day, signal) => {
      if (day === "held") return held;
      if (day === "broken" && failures-- > 0) throw new Error("no such column");
      if (day === "endless")
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
      return '{"rows": 3}';
    },
  });
});
afterAll(() => laptop.stop());

async function all<T>(pages: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const one of pages) found.push(one);
  return found;
}

/** The status of a run once it has ended. */
async function ended(runId: string): Promise<string | undefined> {
  for (;;) {
    const { status } = await laptop.client().pipelineRuns.get(...of, runId);
    if (!["Queued", "InProgress", "Canceling"].includes(status!)) return status;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("the factory and its pipelines are read as they were loaded, in any case of their names", async () => {
  const client = laptop.client();
  expect(await client.factories.get(...of)).toMatchObject({
    name: "adf-plant",
    location: "westeurope",
    globalParameters: { catalog: { type: "String", value: "dev" } },
  });
  expect((await all(client.pipelines.listByFactory(...of))).map(({ name }) => name)).toEqual(["scoring"]);
  expect(await client.pipelines.get("RG", "ADF-PLANT", "Scoring")).toMatchObject({
    name: "scoring",
    description: "Scores a day.",
    activities: [{ name: "ingest", type: "DatabricksNotebook" }, { name: "score" }],
    parameters: { day: { type: "String", defaultValue: "monday" } },
  });
});

test("a run is started with parameters, watched while it is under way, and read with its activities", async () => {
  const client = laptop.client();
  const { runId } = await client.pipelines.createRun(...of, "scoring", { parameters: { day: "held" } });
  const filters = [{ operand: "Status", operator: "Equals", values: ["InProgress"] }];
  const { value: underWay } = await client.pipelineRuns.queryByFactory(...of, { ...EVER, filters });
  expect(underWay).toMatchObject([{ runId, pipelineName: "scoring", parameters: { day: "held" } }]);
  for (let input: unknown; input === undefined;) {
    const { value } = await client.activityRuns.queryByPipelineRun(...of, runId, EVER);
    const score = value.find(({ activityName, status }) => activityName === "score" && status === "InProgress");
    if (score !== undefined) ({ input } = score);
    if (input !== undefined) expect(input).toEqual({ notebookPath: "/plant/score", baseParameters: { day: "held" } });
  }
  release();
  expect(await ended(runId)).toBe("Succeeded");
  const { value } = await client.activityRuns.queryByPipelineRun(...of, runId, {
    ...EVER,
    orderBy: [{ orderBy: "ActivityName", order: "DESC" }],
  });
  expect(value).toMatchObject([
    { activityName: "score", status: "Succeeded", output: { runOutput: { rows: 7 } } },
    { activityName: "ingest", status: "Succeeded", input: { baseParameters: { day: "held" } } },
  ]);
});

test("a run that failed is run again from the activity that failed, in the group of the first", async () => {
  const client = laptop.client();
  const { runId } = await client.pipelines.createRun(...of, "scoring", { parameters: { day: "broken" } });
  expect(await ended(runId)).toBe("Failed");
  const again = { referencePipelineRunId: runId, isRecovery: true, startFromFailure: true };
  const { runId: second } = await client.pipelines.createRun(...of, "scoring", again);
  expect(await ended(second)).toBe("Succeeded");
  expect(await client.pipelineRuns.get(...of, second)).toMatchObject({ runGroupId: runId, isLatest: true });
  const filters = [{ operand: "RunGroupId", operator: "Equals", values: [runId] }];
  const { value } = await client.pipelineRuns.queryByFactory(...of, { ...EVER, filters });
  expect(value.map((run) => run.isLatest).sort()).toEqual([false, true]);

  const like = { referencePipelineRunId: runId };
  const { runId: third } = await client.pipelines.createRun(...of, "scoring", like);
  await ended(third);
  expect(await client.pipelineRuns.get(...of, third)).toMatchObject({
    runGroupId: third,
    parameters: { day: "broken" },
  });
});

test("a run is cancelled", async () => {
  const client = laptop.client();
  const { runId } = await client.pipelines.createRun(...of, "scoring", { parameters: { day: "endless" } });
  await client.pipelineRuns.cancel(...of, runId, { isRecursive: true });
  expect(await ended(runId)).toBe("Cancelled");
  await client.pipelineRuns.cancel(...of, runId);
  expect(await ended(runId)).toBe("Cancelled");
});

test("a trigger is stopped and started, and its events are subscribed", async () => {
  const { triggers } = laptop.client();
  const stateOf = async (name: string) => (await triggers.get(...of, name)).properties.runtimeState;
  expect((await all(triggers.listByFactory(...of))).map(({ name }) => name)).toEqual(["new_blobs", "nightly"]);
  expect(await stateOf("nightly")).toBe("Started");
  await triggers.beginStopAndWait(...of, "nightly");
  expect(await stateOf("nightly")).toBe("Stopped");
  expect(laptop.factory.triggers.isStarted("nightly")).toBe(false);

  const status = async () => (await triggers.getEventSubscriptionStatus(...of, "new_blobs")).status;
  expect(await status()).toBe("Disabled");
  await triggers.beginSubscribeToEventsAndWait(...of, "new_blobs");
  expect(await status()).toBe("Enabled");
  await triggers.beginStartAndWait(...of, "new_blobs");
  expect(await stateOf("new_blobs")).toBe("Started");
  await expect(triggers.beginUnsubscribeFromEventsAndWait(...of, "new_blobs")).rejects.toThrow("stop it before");
  await triggers.beginStopAndWait(...of, "new_blobs");
  expect(await status()).toBe("Disabled");
  await expect(triggers.getEventSubscriptionStatus(...of, "nightly")).rejects.toMatchObject({ statusCode: 400 });
});

test("what triggers started is read", async () => {
  laptop.factory.history.addTriggerRun({
    ...{ triggerRunId: "t1", trigger: "nightly", type: "ScheduleTrigger", time: "2026-01-01T00:00:00.000Z" },
    ...{ status: "Succeeded", properties: { ScheduleTime: "2026-01-01T00:00:00Z" }, runs: { scoring: "r1" } },
  });
  const filters = [{ operand: "TriggerName", operator: "Equals", values: ["NIGHTLY"] }];
  const { value } = await laptop.client().triggerRuns.queryByFactory(...of, { ...EVER, filters });
  expect(value).toMatchObject([{ triggerRunId: "t1", triggeredPipelines: { scoring: "r1" } }]);
});

test.each<[string, (client: ReturnType<Laptop["client"]>) => Promise<unknown>, object]>([
  [
    "another factory",
    (client) => client.factories.get("rg-plant", "adf-other"),
    { statusCode: 404, code: "ResourceNotFound", message: expect.stringContaining("adf-other") },
  ],
  [
    "a pipeline that is not there",
    (client) => client.pipelines.createRun(...of, "scorring"),
    { statusCode: 404, code: "EntityNotFound", message: expect.stringContaining("it has: scoring") },
  ],
  [
    "a parameter that is not there",
    (client) => client.pipelines.createRun(...of, "scoring", { parameters: { dai: "monday" } }),
    { statusCode: 400, message: expect.stringContaining('no parameter "dai"') },
  ],
  [
    "a run that is not there, to be repeated",
    (client) => client.pipelines.createRun(...of, "scoring", { referencePipelineRunId: "{}" }),
    { statusCode: 400, code: "ReferencedPipelineRunNotValid" },
  ],
  [
    "a run that is not there",
    (client) => client.pipelineRuns.get(...of, "none"),
    { statusCode: 404, code: "EntityNotFound" },
  ],
  [
    "a trigger that is not there",
    (client) => client.triggers.beginStartAndWait(...of, "none"),
    { statusCode: 404, message: expect.stringContaining("new_blobs, nightly") },
  ],
  [
    "a filter that there is not",
    (client) =>
      client.pipelineRuns.queryByFactory(...of, {
        ...EVER,
        filters: [{ operand: "TriggerName", operator: "Equals", values: ["a"] }],
      }),
    { statusCode: 400, message: expect.stringContaining("filters.0.operand") },
  ],
  [
    "what is not answered",
    (client) => client.datasets.get(...of, "d"),
    { statusCode: 404, code: "InvalidResourceType", message: expect.stringContaining("/datasets/d is not answered") },
  ],
])("%s is refused in Azure's words", async (_, ask, error) => {
  await expect(ask(laptop.client())).rejects.toMatchObject(error);
});

test("what is not answered is named", () => {
  expect(laptop.unknown).toEqual([expect.stringMatching(/^GET .*\/adf-plant\/datasets\/d$/)]);
});
