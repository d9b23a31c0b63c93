import { AzurePipelinesCredential, ClientAssertionCredential, DefaultAzureCredential } from "@azure/identity";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { signIn } from "../../operations/azure";
import { askGitHub, credentialOf } from "../../operations/credential";
import { required } from "../../operations/required";

const ID = "00000000-0000-0000-0000-000000000001";
const identity = { ARM_USE_OIDC: "true", ARM_TENANT_ID: ID, ARM_CLIENT_ID: ID, ARM_SUBSCRIPTION_ID: ID };
const github = (address = "http://127.0.0.1:1") => ({
  ...identity,
  ACTIONS_ID_TOKEN_REQUEST_URL: `${address}/token?api-version=2.0`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "secret",
});
const pipelines = {
  ...identity,
  SYSTEM_OIDCREQUESTURI: "http://127.0.0.1:1/oidctoken",
  SYSTEM_ACCESSTOKEN: "secret",
  ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID: ID,
};

describe("who is signed in", () => {
  beforeEach(() => (process.env["SYSTEM_OIDCREQUESTURI"] = pipelines.SYSTEM_OIDCREQUESTURI));
  afterEach(() => delete process.env["SYSTEM_OIDCREQUESTURI"]);

  test.each([
    ["a workflow of GitHub", github(), ClientAssertionCredential],
    ["a run of Azure Pipelines", pipelines, AzurePipelinesCredential],
    ["a person", { ARM_SUBSCRIPTION_ID: ID }, DefaultAzureCredential],
    ["another service's identity", identity, DefaultAzureCredential],
    ["a workflow that has signed in by itself", { ...github(), ARM_USE_OIDC: "false" }, DefaultAzureCredential],
  ])("%s", (_, variables, kind) => {
    expect(signIn(variables)).toMatchObject({ subscriptionId: ID, credential: expect.any(kind) });
  });

  test.each([
    ["ARM_TENANT_ID", github()],
    ["ARM_CLIENT_ID", github()],
    ["ARM_TENANT_ID", pipelines],
    ["ARM_CLIENT_ID", pipelines],
    ["ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID", pipelines],
    ["SYSTEM_ACCESSTOKEN", pipelines],
  ])("without %s nobody is, and that is said", (name, variables) => {
    expect(() => credentialOf({ ...variables, [name]: "" })).toThrow(
      `${name} is not set: the pipeline has to hand it to this step`,
    );
  });
});

describe("GitHub's tokens", () => {
  let server: Server;
  let address = "";
  let asked: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url!);
      response.writeHead(request.headers.authorization === "Bearer secret" ? 200 : 401);
      response.end(JSON.stringify({ value: `token ${asked.length}` }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    address = `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
  });
  afterAll(() => server.close());
  beforeEach(() => (asked = []));

  test("each is asked for anew, for Entra", async () => {
    const ask = () => askGitHub(required(github(address)));
    expect([await ask(), await ask()]).toEqual(["token 1", "token 2"]);
    expect(asked[0]).toBe("/token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange");
  });

  test("a refusal is told, and the token of the request is not", async () => {
    const refused = askGitHub(required({ ...github(address), ACTIONS_ID_TOKEN_REQUEST_TOKEN: "guessed" }));
    await expect(refused).rejects.toThrow("is answered 401");
    await expect(refused).rejects.not.toThrow("guessed");
  });

  test("a job without the permission to ask is told so", async () => {
    await expect(askGitHub(required({ ...github(address), ACTIONS_ID_TOKEN_REQUEST_TOKEN: "" }))).rejects.toThrow(
      "ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set",
    );
  });
});
