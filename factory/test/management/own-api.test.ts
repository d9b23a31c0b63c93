import { VirtualClock } from "../../virtual-clock";
import { activity, fakeFactory, FakeNotebooks, notebook } from "../fake-factory";

const API = "https://management.azure.com/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataFactory/factories";

const EVER = { lastUpdatedAfter: "2000-01-01T00:00:00Z", lastUpdatedBefore: "2100-01-01T00:00:00Z" };

/** An activity that asks a factory for its runs, with its identity. */
const asks = (body: object | string, factory = "ADF", more: object = {}) =>
  activity("asks", "WebActivity", {
    url: `@concat('${API}/', '${factory}', '/queryPipelineRuns?api-version=2018-06-01')`,
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
    authentication: { type: "MSI", resource: "https://management.azure.com/" },
    ...more,
  });

const answerTo = async (body: object | string, earlier = 0) => {
  const clock = new VirtualClock(new Date("2026-01-01T00:00:00Z"));
  const pipelines = [{ name: "work", properties: { activities: [notebook("a")] } }];
  const factory = fakeFactory(new FakeNotebooks(), { activities: [asks(body)] }, { clock, pipelines });
  for (let run = 0; run < earlier; run += 1) {
    await clock.sleep(1000);
    await factory.run("work");
  }
  return (await factory.run("p")).activities[0]!;
};

const names = (run: Awaited<ReturnType<typeof answerTo>>) =>
  JSON.parse(JSON.stringify(run.output?.["value"] ?? [])).map((one: { pipelineName: string }) => one.pipelineName);

test("a factory that asks for its runs finds those that ended and itself, whatever the case of its name", async () => {
  const run = await answerTo(EVER, 2);
  expect(names(run)).toEqual(expect.arrayContaining(["work", "work", "p"]));
  expect(run.output).toMatchObject({
    value: expect.arrayContaining([expect.objectContaining({ pipelineName: "p", status: "InProgress", runEnd: null })]),
  });
});

test("filters hold together, and compare without regard to case", async () => {
  const filters = [
    { operand: "PipelineName", operator: "In", values: ["WORK", "p"] },
    { operand: "Status", operator: "NotEquals", values: ["InProgress"] },
  ];
  expect(names(await answerTo({ ...EVER, filters }, 2))).toEqual(["work", "work"]);
});

test("only what was updated in the time is found", async () => {
  const lastUpdatedAfter = "2026-01-01T00:00:02Z";
  expect(names(await answerTo({ ...EVER, lastUpdatedAfter }, 2)).sort()).toEqual(["p", "work"]);
  expect(names(await answerTo({ ...EVER, lastUpdatedBefore: "2026-01-01T00:00:01Z" }, 2))).toEqual(["work"]);
});

test("runs come in the order that is asked for, 100 at a time", async () => {
  const orderBy = [{ orderBy: "RunStart", order: "DESC" }];
  const filters = [{ operand: "PipelineName", operator: "Equals", values: ["work"] }];
  const { output } = await answerTo({ ...EVER, orderBy, filters }, 101);
  const value = JSON.parse(JSON.stringify(output?.["value"])) as { readonly runStart: string }[];
  expect(value).toHaveLength(100);
  expect(value[0]!.runStart).toBe("2026-01-01T00:01:41.000Z");
  expect(output?.["continuationToken"]).toBe("100");
  const next = await answerTo({ ...EVER, orderBy, filters, continuationToken: "100" }, 101);
  expect(next.output?.["value"]).toHaveLength(1);
  expect(next.output?.["continuationToken"]).toBeUndefined();
});

test.each([
  ["a time that is none", { ...EVER, lastUpdatedAfter: "yesterday" }, "lastUpdatedAfter: a time in ISO 8601"],
  [
    "an operand that the service does not know",
    { ...EVER, filters: [{ operand: "RunId", operator: "Equals", values: ["1"] }] },
    "filters.0.operand",
  ],
  ["what is no JSON", "runs, please", "the body is not JSON"],
])("%s is refused as the service refuses it", async (_, body, why) => {
  const { status, errorCode, error } = await answerTo(body);
  expect({ status, errorCode, error }).toEqual({
    status: "Failed",
    errorCode: "2108",
    error: expect.stringMatching(`Response status code: '400'.*${why}`),
  });
});

test("another factory is not asked: a stub has to answer for it", async () => {
  const factory = fakeFactory(new FakeNotebooks(), { activities: [asks(EVER, "other")] });
  const [run] = (await factory.run("p")).activities;
  expect(run).toMatchObject({ status: "Failed", error: expect.stringContaining("a stub has to answer for it") });
});

test("what else asks Azure with an identity still needs a stub before anything runs", async () => {
  const factory = fakeFactory(new FakeNotebooks(), {
    activities: [asks(EVER, "adf", { url: `${API}/adf/pipelines` })],
  });
  await expect(factory.run("p")).rejects.toThrow("authenticates itself as MSI");
});
