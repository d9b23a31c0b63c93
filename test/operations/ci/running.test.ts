import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { runningService } from "../../../operations/ci/running";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** Answers by method and path; a number is a status without more. */
type Answers = Readonly<Record<string, object | number>>;

let server: Server;
let asked: Asked[] = [];
let answers: Answers = {};
let address = "";

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => (text += part));
    request.on("end", () => {
      const path = decodeURIComponent(request.url!);
      asked.push({ method: request.method!, path, body: text === "" ? undefined : JSON.parse(text) });
      const answer = answers[`${request.method} ${path}`] ?? 404;
      const authorized = request.headers.authorization === "Bearer secret";
      response.writeHead(!authorized ? 401 : typeof answer === "number" ? answer : 200);
      response.end(JSON.stringify(answer));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
});
afterAll(() => server.close());
beforeEach(() => (asked = []));

const changes = () => asked.filter(({ method, path }) => method !== "GET" && !path.includes("wiql"));

describe("GitHub", () => {
  const github = (more: object = {}) =>
    runningService({
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: address,
      GITHUB_REPOSITORY: "plant/scoring",
      GITHUB_REF: "refs/pull/7/merge",
      GITHUB_TOKEN: "secret",
      ...more,
    });
  const comments = "/repos/plant/scoring/issues/7/comments";
  const list = (path: string, page = 1) => `GET ${path}per_page=100&page=${page}`;

  test("the first comment about something is made", async () => {
    answers = { [list(`${comments}?`)]: [{ id: 1, body: "by a person" }], [`POST ${comments}`]: {} };
    await github().comment("plan of dev", "text");
    expect(changes()).toEqual([
      { method: "POST", path: comments, body: { body: "<!-- about: plan of dev -->\ntext" } },
    ]);
  });

  test("the next one takes its place, wherever it stands", async () => {
    const others = Array.from({ length: 100 }, (_, id) => ({ id, body: null }));
    answers = {
      [list(`${comments}?`)]: others,
      [list(`${comments}?`, 2)]: [{ id: 321, body: "<!-- about: plan of dev -->\nold" }],
      "PATCH /repos/plant/scoring/issues/comments/321": {},
    };
    await github().comment("plan of dev", "new");
    expect(changes()).toMatchObject([{ method: "PATCH", path: "/repos/plant/scoring/issues/comments/321" }]);
  });

  test("a text that is too long is shortened, and says so", async () => {
    answers = { [list(`${comments}?`)]: [], [`POST ${comments}`]: {} };
    await github().comment("plan of dev", "x".repeat(100_000));
    const { body } = changes()[0]!.body as { readonly body: string };
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain("the log of this run has the rest");
  });

  const open = "/repos/plant/scoring/issues?state=open&";

  test("an issue is opened once, brought up to date, and closed when it is over", async () => {
    answers = { [list(open)]: [], "POST /repos/plant/scoring/issues": {} };
    await github().openIssue("drift of dev", "text");
    answers = {
      [list(open)]: [{ number: 5, body: "<!-- about: drift of dev -->\ntext" }],
      "PATCH /repos/plant/scoring/issues/5": {},
    };
    await github().openIssue("drift of dev", "more");
    await github().resolveIssue("drift of dev");
    expect(changes().map(({ method, body }) => [method, body])).toEqual([
      ["POST", { title: "drift of dev", body: "<!-- about: drift of dev -->\ntext" }],
      ["PATCH", { title: "drift of dev", body: "<!-- about: drift of dev -->\nmore" }],
      ["PATCH", { state: "closed" }],
    ]);
  });

  test("outside a pull request there is nothing to comment on", async () => {
    await expect(github({ GITHUB_REF: "refs/heads/main" }).comment("a", "b")).rejects.toThrow("not a pull request");
  });

  test("a refusal is told with what the service says", async () => {
    answers = { [list(`${comments}?`)]: 403 };
    await expect(github().comment("a", "b")).rejects.toThrow(/is answered 403/);
  });

  test("an answer that is not as expected is told with its place", async () => {
    answers = { [list(`${comments}?`)]: [{ body: "by a person" }] };
    await expect(github().comment("a", "b")).rejects.toThrow(/^the answer to GET .*per_page=100&page=1: 0\.id: .+$/);
  });

  test("a missing token is named", async () => {
    await expect(github({ GITHUB_TOKEN: "" }).comment("a", "b")).rejects.toThrow("GITHUB_TOKEN is not set");
  });
});

describe("Azure DevOps", () => {
  const devops = () =>
    runningService({
      TF_BUILD: "True",
      SYSTEM_COLLECTIONURI: `${address}/org/`,
      SYSTEM_TEAMPROJECT: "a plant",
      SYSTEM_ACCESSTOKEN: "secret",
      BUILD_REPOSITORY_ID: "repo",
      SYSTEM_PULLREQUEST_PULLREQUESTID: "7",
    });
  const threads = "/org/a plant/_apis/git/repositories/repo/pullRequests/7/threads";
  const VERSION = "?api-version=7.1";

  test("a comment is made, and the next about the same takes its place", async () => {
    answers = { [`GET ${threads}${VERSION}`]: { value: [] }, [`POST ${threads}${VERSION}`]: {} };
    await devops().comment("plan of dev", "text");
    answers = {
      [`GET ${threads}${VERSION}`]: { value: [{ id: 3, comments: [{ content: "**plan of dev**\n\ntext" }] }] },
      [`PATCH ${threads}/3/comments/1${VERSION}`]: {},
    };
    await devops().comment("plan of dev", "new");
    expect(changes().map(({ method }) => method)).toEqual(["POST", "PATCH"]);
    expect(changes()[1]!.body).toEqual({ content: "**plan of dev**\n\nnew" });
  });

  test("an issue is opened once, brought up to date, and told when it is over", async () => {
    const items = "/org/a plant/_apis/wit/";
    answers = {
      [`POST ${items}wiql${VERSION}`]: { workItems: [] },
      [`POST ${items}workitems/$Issue${VERSION}`]: {},
    };
    await devops().openIssue("drift of dev", "text");
    answers = {
      [`POST ${items}wiql${VERSION}`]: { workItems: [{ id: 9 }] },
      [`PATCH ${items}workitems/9${VERSION}`]: {},
    };
    await devops().openIssue("drift of dev", "more");
    await devops().resolveIssue("drift of dev");
    expect(changes().map(({ method }) => method)).toEqual(["POST", "PATCH", "PATCH"]);
    expect(changes()[0]!.body).toContainEqual({ op: "add", path: "/fields/System.Title", value: "drift of dev" });
  });
});

test("on a person's machine there is nobody to notify", () => {
  expect(() => runningService({})).toThrow("this does not run in GitHub Actions or Azure Pipelines");
});
