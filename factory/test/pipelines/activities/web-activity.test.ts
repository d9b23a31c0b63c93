import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { activity, fakeFactory, FakeNotebooks } from "../../fake-factory";
import { VirtualClock } from "../../../virtual-clock";
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
    "an answer to ask again for elsewhere",
    {},
    (response) => response.writeHead(202, { location: "https://example.com/later" }).end(),
    { error: "the url https://example.com/later is not on this machine: a stub has to answer for it" },
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
  [
    { authentication: { type: "MSI", resource: "https://management.azure.com/" } },
    'activity "web": authenticates itself as MSI, for which nothing can be had here: a stub has to answer for it',
  ],
  [{ authentication: { type: "ClientCertificate", pfx: "x" } }, "authenticates itself as ClientCertificate"],
  [
    { authentication: { type: "Basic", username: "u", password: { type: "AzureKeyVaultSecret" } } },
    "authenticates itself with a password that is not here",
  ],
])("%j needs a stub", async (more, message) => {
  const activities = web(more);
  await expect(fakeFactory(new FakeNotebooks(), { activities }).run("p")).rejects.toThrow(message);
  const stubs = { p: { web: { output: { rows: 3 } } } };
  const run = await fakeFactory(new FakeNotebooks(), { activities }, { stubs }).run("p");
  expect(run.activities[0]!.output).toEqual({ rows: 3 });
});

test("an address elsewhere that only the run tells is not called", async () => {
  const run = await called({ url: "@concat('https://', 'example.com')" }, () => undefined);
  expect(run.error).toBe("the url https://example.com is not on this machine: a stub has to answer for it");
});

describe("an answer that is not there yet", () => {
  // MicrosoftDocs/azure-docs issues 26356, 87617 and 93190.
  const later = (...answers: readonly ((response: ServerResponse) => void)[]) => {
    const asked: string[] = [];
    const left = [...answers];
    const respond: Answer = ({ method, url: path, headers }, response) => {
      asked.push(`${method} ${path} ${headers["x-day"]}`);
      left.shift()!(response);
    };
    return { asked, respond };
  };

  test("is asked for where the 202 says, until it is there, and is the output", async () => {
    const { asked, respond } = later(
      (response) => response.writeHead(202, { location: "/later", "retry-after": "0" }).end('{"id": 1}'),
      (response) => response.writeHead(202, { "retry-after": "0" }).end(),
      (response) => response.setHeader("x-id", "7").end('{"rows": 3}'),
    );
    const run = await called({ headers: { "x-day": "monday" } }, respond);
    expect(asked).toEqual(["POST /x monday", "GET /later monday", "GET /later monday"]);
    expect(run.output).toMatchObject({ rows: 3, ADFWebActivityResponseHeaders: { "x-id": "7" } });
  });

  test("waits as long as it says, without end but that of the activity", async () => {
    const { respond } = later(
      (response) => response.writeHead(202, { location: "/later", "retry-after": "7200" }).end(),
      (response) => response.end("{}"),
    );
    answer = respond;
    const start = new Date("2026-01-01T00:00:00Z");
    const run = await fakeFactory(new FakeNotebooks(), { activities: web() }, { clock: new VirtualClock(start) }).run(
      "p",
    );
    expect([run.status, run.end]).toEqual(["Succeeded", "2026-01-01T02:00:00.000Z"]);
  });

  test("fails where it is an error", async () => {
    const { respond } = later(
      (response) => response.writeHead(202, { location: "/later", "retry-after": "0" }).end(),
      (response) => response.writeHead(500).end("broken"),
    );
    const run = await called({}, respond);
    expect(run).toMatchObject({ errorCode: "2108", error: expect.stringContaining("'500'. Response: broken") });
  });
});

test("a user name and a password are sent, and the password is in no record", async () => {
  const seen: unknown[] = [];
  const authentication = {
    type: "Basic",
    username: "@concat('pl', 'ant')",
    password: { type: "SecureString", value: "hunter2" },
  };
  const respond: Answer = ({ headers }, response) => {
    seen.push(headers.authorization);
    response.end();
  };
  const run = await called({ authentication }, respond);
  expect(seen).toEqual([`Basic ${Buffer.from("plant:hunter2").toString("base64")}`]);
  expect(run.input).toEqual({ url, method: "POST", headers: {} });
  const stubs = { p: { web: { output: {} } } };
  const stubbed = await fakeFactory(new FakeNotebooks(), { activities: web({ authentication }) }, { stubs }).run("p");
  expect(stubbed.activities[0]!.input).toMatchObject({
    authentication: { type: "Basic", username: "plant", password: "**********" },
  });
});

test("is tried again as its policy says", async () => {
  let calls = 0;
  answer = (_request, response) => void response.writeHead(++calls === 1 ? 503 : 200).end("{}");
  const activities = [
    activity("web", "WebActivity", { url, method: "GET" }, { policy: { retry: 1, retryIntervalInSeconds: 0 } }),
  ];
  const run = await fakeFactory(new FakeNotebooks(), { activities }).run("p");
  expect(run.activities[0]).toMatchObject({ status: "Succeeded", attempts: 2 });
});
