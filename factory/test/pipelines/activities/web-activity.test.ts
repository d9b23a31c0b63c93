import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { activity, fakeFactory, FakeNotebooks } from "../../fake-factory";
import { ManualClock } from "../../manual-clock";

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let answer: Answer;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += String(chunk)));
  request.on("end", () => answer(request, response, body));
});
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/x`;
});
afterAll(
  () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
);

const web = (more: object = {}) => [activity("web", "WebActivity", { url, method: "Post", ...more })];

const called = async (more: object, with_: Answer) => {
  answer = with_;
  return (await fakeFactory(new FakeNotebooks(), { activities: web(more) }).run("p")).activities[0]!;
};

test("sends its method, headers and body, and reads the answer with its headers", async () => {
  const seen: unknown[] = [];
  const run = await called(
    { url: `@concat('${url}', '?a=1')`, headers: { "x-day": "@toLower('MON')" }, body: { n: "@add(1, 2)" } },
    ({ method, url: path, headers }, response, body) => {
      seen.push(method, path, headers["x-day"], body);
      response.setHeader("x-id", "7").end('{"rows": 3}');
    },
  );
  expect(seen).toEqual(["POST", "/x?a=1", "mon", '{"n":3}']);
  expect(run.output).toMatchObject({ rows: 3, ADFWebActivityResponseHeaders: { "x-id": "7" } });
});

test.each<[string, object, (response: ServerResponse) => void, object]>([
  [
    "a status that is no success",
    {},
    (response) => response.writeHead(404).end("gone"),
    { errorCode: "2108", error: expect.stringContaining("Response status code: '404'. Response: gone") },
  ],
  [
    "a redirection, which may lead elsewhere",
    {},
    (response) => response.writeHead(302, { location: "https://example.com" }).end(),
    { errorCode: "2108", error: expect.stringContaining("Response status code: '302'") },
  ],
  [
    "an answer that is no JSON object",
    {},
    (response) => response.end("[1]"),
    { errorCode: "2108", error: "Response Content is not a valid JObject" },
  ],
  [
    "an answer to ask again for",
    {},
    (response) => response.writeHead(202, { location: "/later" }).end(),
    { error: expect.stringContaining("answers 202 with a location") },
  ],
  [
    "an answer that is too long",
    {},
    (response) => response.end(JSON.stringify({ x: "x".repeat(4 * 1024 * 1024) })),
    { errorCode: "2001", error: "the response has 4194312 bytes, at most 4194304 are allowed" },
  ],
])("%s fails it", async (_, more, respond, expected) => {
  const run = await called(more, (_request, response) => void respond(response));
  expect(run).toMatchObject({ status: "Failed", ...expected });
});

test("with turnOffAsync, 202 is an answer like others; an empty one has no properties", async () => {
  const run = await called(
    { turnOffAsync: true },
    (_request, response) => void response.writeHead(202, { location: "/later" }).end(),
  );
  expect(Object.keys(run.output!)).toEqual(["ADFWebActivityResponseHeaders"]);
});

test("without an answer it fails after httpRequestTimeout", async () => {
  const clock = new ManualClock("2015-01-01T00:00:00Z");
  let asked = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  answer = () => asked();
  const activities = web({ httpRequestTimeout: "00:02:00" });
  const ended = fakeFactory(new FakeNotebooks(), { activities }, { clock }).run("p");
  await isAsked;
  await clock.pass(120_000);
  expect((await ended).activities[0]).toMatchObject({ status: "Failed", error: "timed out after 120 s" });
});

test.each<[object, string]>([
  [{ url: "https://example.com/x" }, 'activity "web": calls https://example.com/x, which is not on this machine'],
  [{ url: "http://localhost.example.com" }, "which is not on this machine"],
  [{ authentication: { type: "MSI" } }, 'activity "web": authenticates itself, which is done here by a stub only'],
])("%j needs a stub", async (more, message) => {
  const activities = web(more);
  expect(() => fakeFactory(new FakeNotebooks(), { activities }).run("p")).toThrow(message);
  const stubs = { p: { web: { output: { rows: 3 } } } };
  const run = await fakeFactory(new FakeNotebooks(), { activities }, { stubs }).run("p");
  expect(run.activities[0]!.output).toEqual({ rows: 3 });
});

test("an address elsewhere that only the run tells is not called", async () => {
  const run = await called({ url: "@concat('https://', 'example.com')" }, () => undefined);
  expect(run.error).toBe("the url https://example.com is not on this machine: a stub has to answer for it");
});
