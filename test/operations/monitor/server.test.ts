import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { WatchedPlant } from "./plant";

let plant: WatchedPlant;
let runId = "";
beforeAll(async () => {
  plant = await WatchedPlant.start({}, true);
  ({ runId } = await plant.factory.run("scoring"));
});
afterAll(() => plant.stop());

interface Sent {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

async function ask({ path = "/api/runs", headers = {}, body }: Sent = {}) {
  const { origin, hash } = new URL(plant.monitor.url);
  const method = body === undefined ? "GET" : "POST";
  const given = { authorization: `Bearer ${hash.slice(1)}`, ...headers };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${origin}${path}`, { method, headers: given }, resolve)
      .on("error", reject)
      .end(typeof body === "string" ? body : body && JSON.stringify(body));
  });
  const content = await text(response);
  const isJson = response.headers["content-type"]?.startsWith("application/json");
  return { status: response.statusCode, answer: isJson ? JSON.parse(content) : content, headers: response.headers };
}

test("runs, activities and triggers are those of the factory", async () => {
  expect((await ask()).answer).toMatchObject([{ runId, pipelineName: "scoring", status: "Succeeded" }]);
  const { answer } = await ask({ path: `/api/activities?run=${runId}` });
  expect(answer.map(({ activityName }: { activityName: string }) => activityName)).toEqual(
    expect.arrayContaining(["ingest", "if_new_data", "features", "score"]),
  );
  expect((await ask({ path: "/api/factory" })).answer).toMatchObject({
    title: "adf-plant, on this machine",
    pipelines: [{ name: "scoring" }, { name: "upkeep" }],
    triggers: [
      { name: "new_blobs", next: [] },
      { name: "nightly", next: [expect.stringMatching(/T02:00:00/), expect.anything(), expect.anything()] },
    ],
  });
});

test("the page allows nothing from elsewhere", async () => {
  const { status, headers } = await ask({ path: "/", headers: { authorization: "" } });
  expect(status).toBe(200);
  expect(headers["content-security-policy"]).toContain("default-src 'self'");
});

test.each<[string, Sent, number]>([
  ["no token", { headers: { authorization: "" } }, 401],
  ["another token", { headers: { authorization: "Bearer x" } }, 401],
  ["a page of another site", { headers: { origin: "https://example.com" } }, 403],
  ["a page at another port of this machine", { headers: { origin: "http://127.0.0.1:1" } }, 403],
  ["a name that leads here", { headers: { host: "rebound.example.com" } }, 403],
  ["a path that is not there", { path: "/api/state" }, 404],
  ["a body that is no JSON", { path: "/api/cancel", body: "{" }, 400],
  ["no run", { path: "/api/cancel", body: { runId: "" } }, 400],
])("%s is refused", async (_, sent, status) => {
  expect(await ask(sent)).toMatchObject({ status, answer: { problem: expect.any(String) } });
});

test("a change is done when it is asked for a second time, with the word for it, and once", async () => {
  const path = "/api/rerun";
  const runs = () => plant.factory.history.runs.length + plant.factory.underWay.length;
  const { answer } = await ask({ path, body: { runId } });
  expect(answer).toEqual({ confirm: expect.any(String) });
  const confirmed = answer.confirm as string;
  expect((await ask({ path, body: { runId, fromFailure: true, confirmed } })).answer).toHaveProperty("confirm");
  expect((await ask({ path: "/api/cancel", body: { runId, confirmed } })).answer).toHaveProperty("confirm");
  expect(runs()).toBe(1);
  expect((await ask({ path, body: { runId, confirmed } })).answer).toEqual({ runId: expect.any(String) });
  expect((await ask({ path, body: { runId, confirmed } })).answer).toHaveProperty("confirm");
  expect(runs()).toBe(2);
});

test("what the factory refuses is told in its words", async () => {
  expect(await ask({ path: "/api/activities?run=none" })).toMatchObject({
    status: 502,
    answer: { problem: expect.stringContaining("the factory has no run none") },
  });
});
