import { Factory, loadFactory } from "adf-local";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { activitiesJson } from "../../pipelines/language/render";
import type { Pipeline } from "../../pipelines/language/pipeline";
import { pipelinesOf } from "../../pipelines/pipelines";
import { plantRelease } from "./language/example";

const receiver = { webhook: "https://crew.example/items", audience: "api://crew" };
const names = { lakeContainer: "lake", credential: "factory_identity" } as const;
const scoring = { catchUpEveryHours: 6, gatherSeconds: 15 } as const;
const silent = pipelinesOf(plantRelease, names, scoring);
const telling = pipelinesOf(plantRelease, names, { ...scoring, newWork: receiver });

test("nobody is told unless a receiver is stated", () => {
  expect(Object.keys(silent)).not.toContain("newWork");
  expect(activitiesJson(silent.scoring)).not.toContain("new_work");
});

test("scoring starts the pipeline of new work with what it has opened", () => {
  const [, ifNewData] = JSON.parse(activitiesJson(telling.scoring));
  expect(ifNewData.typeProperties.ifTrueActivities[2]).toEqual({
    name: "start_new_work",
    type: "ExecutePipeline",
    dependsOn: [{ activity: "scoring", dependencyConditions: ["Succeeded"] }],
    userProperties: [],
    typeProperties: {
      pipeline: { referenceName: "new_work", type: "PipelineReference" },
      waitOnCompletion: false,
      parameters: { items: { value: "@string(activity('scoring').output.runOutput.new_work)", type: "Expression" } },
    },
  });
});

test("each item is posted as JSON, with a token of the factory's identity for the receiver", () => {
  const [each] = JSON.parse(activitiesJson(telling.newWork!));
  expect(each).toEqual({
    name: "each_item",
    type: "ForEach",
    dependsOn: [],
    userProperties: [],
    typeProperties: {
      items: { value: "@json(pipeline().parameters.items)", type: "Expression" },
      batchCount: 5,
      activities: [
        {
          name: "tell",
          type: "WebActivity",
          dependsOn: [],
          policy: {
            ...{ timeout: "0.00:10:00", retry: 3, retryIntervalInSeconds: 60 },
            ...{ secureOutput: false, secureInput: false },
          },
          userProperties: [],
          typeProperties: {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            url: "https://crew.example/items",
            body: { value: "@string(item())", type: "Expression" },
            turnOffAsync: true,
            authentication: {
              type: "UserAssignedManagedIdentity",
              resource: "api://crew",
              credential: { referenceName: "factory_identity", type: "CredentialReference" },
            },
          },
        },
      ],
    },
  });
  expect(telling.newWork!.parameters).toEqual({ items: "[]" });
});

const item = (machineID: number) => ({
  ...{ machineID, component: "comp1", since: "2016-01-01T12:00:00Z", until: "2016-01-02T12:00:00Z" },
  ...{ probability: 0.875, cost_at_stake: 875.5, why: ['volt "10.0 V" above', "error1 23 h ago, @{noon}"] },
});

describe("a receiver on this machine", () => {
  const received: unknown[] = [];
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        received.push({ [`${request.method} ${request.url}`]: JSON.parse(Buffer.concat(parts).toString() || "null") });
        response.writeHead(202, { location: `${url()}/runs/1` }).end();
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  });
  afterAll(() => server.close());
  beforeEach(() => (received.length = 0));
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/items`;

  /** Runs scoring in a factory that asks the receiver without a token, for which nothing can be had here. */
  async function score(newWork: readonly object[]): Promise<Factory> {
    const source = (pipeline: Pipeline) => {
      const written = activitiesJson(pipeline)
        .replace(receiver.webhook, url())
        .replace(/,"authentication":\{"type":"UserAssignedManagedIdentity",.*?\}\}/, "");
      return {
        name: pipeline.name,
        properties: { parameters: parametersOf(pipeline), activities: JSON.parse(written) },
      };
    };
    const factory = new Factory(
      loadFactory({
        name: "plant",
        globalParameters: Object.fromEntries(
          telling.scoring.globalParameters.map((name) => [name, { type: "String", value: "" }]),
        ),
        pipelines: [source(telling.newWork!), source(telling.scoring)],
      }),
      {
        stubs: {
          scoring: {
            ingest: { output: { runOutput: { start_date: "2016-01-01", to_date: "2016-01-02" } } },
            feature_engineering: {},
            scoring: { output: { runOutput: { new_work: newWork as never } } },
          },
        },
      },
    );
    expect((await factory.run("scoring")).status).toBe("Succeeded");
    const told = () =>
      factory.history.runs.some(({ pipeline, status }) => pipeline === "new_work" && status === "Succeeded");
    while (!told()) await setTimeout(10);
    return factory;
  }

  test("gets each new item once, as scoring says it, and what it does then is not waited for", async () => {
    await score([item(1), item(2), item(3)]);
    const byMachine = received.map((one) => JSON.stringify(one)).sort();
    expect(byMachine).toEqual([1, 2, 3].map((machine) => JSON.stringify({ "POST /items": item(machine) })));
  });

  test("is not asked where nothing is new", async () => {
    const factory = await score([]);
    expect(received).toEqual([]);
    expect(factory.history.runs.map(({ pipeline, status }) => [pipeline, status])).toContainEqual([
      "new_work",
      "Succeeded",
    ]);
  });
});

const parametersOf = ({ parameters }: Pipeline) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, defaultValue]) => [name, { type: "String", defaultValue }]),
  );
