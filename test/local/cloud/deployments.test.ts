import { DataFactoryManagementClient } from "@azure/arm-datafactory";
import { type Client, getClient } from "@azure-rest/core-client";
import { LoopbackServer, WORKSPACE_HOSTS } from "azure-laptop";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { NotebookRun } from "../../../local/cluster/cluster";
import { Deployments } from "../../../local/cloud/deployments";
import { servicesOf } from "../../../local/cloud/serve-cloud";
import { LAPTOP } from "../../../local/cloud/variables";
import { Progress } from "../../../local/command/progress";
import { Azurite } from "../../../local/storage/azurite";
import { BlobService } from "../../operations/blob-service";

const GROUP = `/subscriptions/${LAPTOP}/resourceGroups/rg-plant`;
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/stplant`;
const WORKSPACE = `${GROUP}/providers/Microsoft.Databricks/workspaces/dbw-plant`;
const NOTEBOOK = "# Databricks notebook source\nprint('scored')\n";

const out = mkdtempSync(path.join(tmpdir(), "cloud-"));
const unknown: string[] = [];
const ran: (NotebookRun & { readonly content: string })[] = [];
const said: string[] = [];

let blobs: BlobService;
let deployments: Deployments;
let databricks: Server;
let management: LoopbackServer;

jest.setTimeout(60_000);
beforeAll(async () => (blobs = await BlobService.start()));
afterAll(async () => {
  await blobs.stop();
  rmSync(out, { recursive: true });
});
beforeEach(start);
afterEach(stop);

async function start(): Promise<void> {
  const progress = new Progress(process.stdout);
  jest.spyOn(progress, "say").mockImplementation((text) => void said.push(text));
  jest.spyOn(progress, "observe").mockReturnValue();
  const storage = { client: blobs.client, list: Azurite.prototype.list.bind({ client: blobs.client }) };
  const run = async (notebook: NotebookRun) => {
    ran.push({ ...notebook, content: readFileSync(notebook.file, "utf8") });
    return { exitValue: "{}", seconds: 0 };
  };
  deployments = new Deployments({
    folder: { out, at: (...names) => path.join(out, ...names) },
    storage,
    groups: [],
    startSpark: async () => ({ run, stop: async () => undefined }),
    progress,
  });
  const onUnknown = (what: string) => void unknown.push(what);
  const workspaces = servicesOf(deployments, onUnknown).find(({ hosts }) => hosts === WORKSPACE_HOSTS)!;
  databricks = createServer(workspaces.answer).listen(0, "127.0.0.1");
  management = await LoopbackServer.start({ routes: () => deployments.routes, onUnknown });
}

async function stop(): Promise<void> {
  await deployments.stop();
  await management.stop();
  databricks.close();
}

/** Whoever speaks with Resource Manager. */
function azure() {
  const { token, endpoint, certificate } = management;
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  return { credential, options: { endpoint, tlsOptions: { ca: certificate } } };
}

function factories(): DataFactoryManagementClient {
  const { credential, options } = azure();
  return new DataFactoryManagementClient(credential, LAPTOP, options);
}

function resources(): Client {
  const { credential, options } = azure();
  return getClient(options.endpoint, credential, { credentials: { scopes: ["any"] }, ...options });
}

async function put(id: string, properties: object = {}): Promise<unknown> {
  const { status, body } = await resources()
    .pathUnchecked(id)
    .put({ body: { location: "westeurope", properties } });
  if (!status.startsWith("2")) throw new Error(JSON.stringify(body));
  return body;
}

const workspace = z.object({ properties: z.object({ workspaceUrl: z.string() }) });

async function deployWorkspace(): Promise<string> {
  const managedResourceGroupId = `/subscriptions/${LAPTOP}/resourceGroups/rg-managed`;
  const { workspaceUrl: host } = workspace.parse(await put(WORKSPACE, { managedResourceGroupId })).properties;
  await post(host, "mkdirs", { path: "/plant" });
  const content = Buffer.from(NOTEBOOK).toString("base64");
  await post(host, "import", { path: "/plant/score", format: "SOURCE", language: "PYTHON", content });
  return host;
}

/** Asks a workspace for something, by its name. */
async function post(host: string, what: string, body: object): Promise<void> {
  const { port } = databricks.address() as AddressInfo;
  const path = `/api/2.0/workspace/${what}`;
  const headers = { host, authorization: "Bearer any", "content-type": "application/json" };
  const asked = request({ host: "127.0.0.1", port, path, method: "POST", headers }).end(JSON.stringify(body));
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  expect([answer.statusCode, await text(answer)]).toEqual([200, expect.any(String)]);
}

async function deployAll(): Promise<void> {
  await put(GROUP);
  await put(ACCOUNT);
  await put(`${ACCOUNT}/blobServices/default/containers/landing`);
  const host = await deployWorkspace();
  const { factories: factory, linkedServices, pipelines, triggers } = factories();
  const of = ["rg-plant", "adf-plant"] as const;
  await factory.createOrUpdate(...of, {
    location: "westeurope",
    globalParameters: {
      catalog: { type: "String", value: "plant_dev" },
      landing_root: { type: "String", value: "abfss://landing@stplant.dfs.core.windows.net/incoming" },
    },
  });
  await linkedServices.createOrUpdate(...of, "databricks", {
    properties: { type: "AzureDatabricks", domain: `https://${host}` },
  });
  const parameter = (value: string) => ({ value, type: "Expression" });
  await pipelines.createOrUpdate(...of, "scoring", {
    parameters: { file: { type: "String", defaultValue: "" } },
    activities: [
      {
        name: "score",
        type: "DatabricksNotebook",
        linkedServiceName: { type: "LinkedServiceReference", referenceName: "databricks" },
        notebookPath: "/plant/score",
        baseParameters: {
          catalog: parameter("@pipeline().globalParameters.catalog"),
          root: parameter("@pipeline().globalParameters.landing_root"),
          file: parameter("@pipeline().parameters.file"),
        },
      },
    ],
  });
  await triggers.createOrUpdate(...of, "new_blobs", {
    properties: {
      type: "BlobEventsTrigger",
      scope: ACCOUNT,
      events: ["Microsoft.Storage.BlobCreated"],
      blobPathBeginsWith: "/landing/blobs/incoming/",
      pipelines: [
        {
          pipelineReference: { type: "PipelineReference", referenceName: "scoring" },
          parameters: { file: "@triggerBody().fileName" },
        },
      ],
    },
  });
  await triggers.beginStartAndWait(...of, "new_blobs");
}

async function nextRun(): Promise<(typeof ran)[number]> {
  const count = ran.length;
  for (const end = Date.now() + 20_000; ran.length === count; await sleep(20))
    if (Date.now() > end) throw new Error(`nothing ran; said: ${said.join("\n")}`);
  return ran.at(-1)!;
}

test("a blob starts what was deployed, on this machine's Spark, with its catalog and its storage", async () => {
  await deployAll();
  const running = nextRun();
  await blobs.client.getContainerClient("stplant-landing").getBlockBlobClient("incoming/day.csv").upload("a,b", 3);
  expect(await running).toMatchObject({
    name: "/plant/score",
    content: NOTEBOOK,
    parameters: {
      catalog: "spark_catalog",
      root: "wasb://stplant-landing@devstoreaccount1/incoming",
      file: "day.csv",
    },
  });
  expect(unknown).toEqual([]);
});

test("what was deployed runs after a restart, and a blob that came meanwhile is seen", async () => {
  await stop();
  await blobs.client.getContainerClient("stplant-landing").getBlockBlobClient("incoming/later.csv").upload("a,b", 3);
  const running = nextRun();
  await start();
  expect((await running).parameters).toMatchObject({ file: "later.csv" });
});

test("a workspace that is deleted takes its files with it, and its notebooks fail by name", async () => {
  expect(existsSync(path.join(out, "workspaces", "dbw-plant"))).toBe(true);
  expect(await resources().pathUnchecked(WORKSPACE).delete()).toMatchObject({ status: "200" });
  expect(existsSync(path.join(out, "workspaces", "dbw-plant"))).toBe(false);
  const { pipelines, pipelineRuns, activityRuns } = factories();
  const of = ["rg-plant", "adf-plant"] as const;
  const { runId } = await pipelines.createRun(...of, "scoring");
  for (let status: string | undefined = "InProgress"; status === "InProgress"; await sleep(20))
    ({ status } = await pipelineRuns.get(...of, runId));
  const all = { lastUpdatedAfter: new Date(0), lastUpdatedBefore: new Date(Date.now() + 3_600_000) };
  const { value } = await activityRuns.queryByPipelineRun(...of, runId, all);
  expect(value[0]!.error).toMatchObject({ message: expect.stringContaining("has not been deployed here") });
});

test("what nothing here answers is named", async () => {
  expect((await resources().pathUnchecked("/nothing").get()).status).toBe("404");
  expect(unknown).toEqual([expect.stringMatching(/^GET .*\/nothing$/)]);
});
