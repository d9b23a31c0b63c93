import { request } from "node:https";
import { text } from "node:stream/consumers";
import type { IncomingMessage } from "node:http";
import { Laptop } from "../laptop";

let laptop: Laptop;
beforeAll(async () => (laptop = await Laptop.start()));
afterAll(() => laptop.stop());

const PIPELINES =
  "/subscriptions/s/resourceGroups/g/providers/microsoft.datafactory/factories/ADF-plant/pipelines?api-version=2018-06-01";

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function ask({ path = PIPELINES, method = "GET", headers = {}, body }: Sent) {
  const { certificate: ca, endpoint, token } = laptop.server;
  const given = { authorization: `Bearer ${token}`, ...headers };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${endpoint}${path}`, { ca, method, headers: given, servername: "localhost" }, resolve)
      .on("error", reject)
      .end(body);
  });
  const content = await text(response);
  return { status: response.statusCode, answer: content && (JSON.parse(content) as { readonly error?: object }) };
}

test("whoever has the token is answered, and finds a path in any case", async () => {
  expect(await ask({})).toMatchObject({ status: 200, answer: { value: [{ name: "scoring" }] } });
});

test.each<[string, Sent, number, string]>([
  ["another token", { headers: { authorization: "Bearer x" } }, 401, "InvalidAuthenticationToken"],
  ["no token", { headers: { authorization: "" } }, 401, "InvalidAuthenticationToken"],
  ["a page of another site", { headers: { origin: "https://example.com" } }, 403, "Forbidden"],
  ["a page of this server", { headers: { origin: "https://127.0.0.1" } }, 403, "Forbidden"],
  ["a name that leads here", { headers: { host: "rebound.example.com" } }, 403, "Forbidden"],
  ["no version of the API", { path: PIPELINES.split("?")[0]! }, 400, "InvalidApiVersionParameter"],
  [
    "a body that is no JSON",
    { path: PIPELINES.replace("?", "/scoring/createRun?"), method: "POST", body: "{" },
    400,
    "InvalidRequestContent",
  ],
])("%s is refused", async (_, sent, status, code) => {
  expect(await ask(sent)).toEqual({ status, answer: { error: expect.objectContaining({ code }) } });
});

test("whoever does not trust its certificate is not answered", async () => {
  await expect(fetch(`${laptop.server.endpoint}${PIPELINES}`)).rejects.toThrow("fetch failed");
});

test("it listens on this machine alone", () => {
  expect(laptop.server.endpoint).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
});
