import type { DataFactoryManagementClient, PipelineResource, TriggerResource } from "@azure/arm-datafactory";
import { Deployed, GROUP } from "../deployed";

const RESOURCE_GROUP = "rg-plant";
const FACTORY = "adf-plant";
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/stplant`;

let azure: Deployed;
let client: DataFactoryManagementClient;

beforeEach(async () => {
  azure = await Deployed.start();
  client = azure.client;
  await azure.ask("PUT", GROUP, { location: "westeurope" });
  await azure.ask("PUT", ACCOUNT, { location: "westeurope", properties: {} });
  await client.factories.createOrUpdate(RESOURCE_GROUP, FACTORY, {
    location: "westeurope",
    globalParameters: { catalog: { type: "String", value: "dev" } },
  });
  await client.linkedServices.createOrUpdate(RESOURCE_GROUP, FACTORY, "databricks", {
    properties: { type: "AzureDatabricks", domain: "https://adb-1.1.azuredatabricks.net" },
  });
});
afterEach(() => azure.stop());

const linkedServiceName = { type: "LinkedServiceReference", referenceName: "databricks" } as const;
const pipeline = (...notebooks: readonly string[]): PipelineResource => ({
  activities: notebooks.map((name) => ({
    name,
    type: "DatabricksNotebook",
    linkedServiceName,
    notebookPath: `/plant/${name}`,
    baseParameters: { catalog: { value: "@pipeline().globalParameters.catalog", type: "Expression" } },
  })),
});
const daily = (reference: string): TriggerResource => ({
  properties: {
    type: "ScheduleTrigger",
    pipelines: [{ pipelineReference: { type: "PipelineReference", referenceName: reference } }],
    recurrence: { frequency: "Day", interval: 1, startTime: new Date("2015-01-01T00:00:00Z") },
  },
});

const deploy = (name: string, ...notebooks: readonly string[]) =>
  client.pipelines.createOrUpdate(RESOURCE_GROUP, FACTORY, name, pipeline(...notebooks));

/** Runs a pipeline to its end. */
async function run(name: string): Promise<string> {
  const { runId } = await client.pipelines.createRun(RESOURCE_GROUP, FACTORY, name);
  for (;;) {
    const { status = "" } = await client.pipelineRuns.get(RESOURCE_GROUP, FACTORY, runId);
    if (!["Queued", "InProgress"].includes(status)) return status;
  }
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "",
    (error: Error) => error.message,
  );

test("a pipeline that was deployed runs, and is read as it was written", async () => {
  await deploy("scoring", "ingest");
  expect(await run("scoring")).toBe("Succeeded");
  expect(azure.ran).toEqual(["/plant/ingest"]);
  const { activities } = await client.pipelines.get(RESOURCE_GROUP, FACTORY, "scoring");
  expect(activities).toMatchObject([{ name: "ingest", notebookPath: "/plant/ingest", linkedServiceName }]);
});

test("a pipeline that is deployed again runs as it is now", async () => {
  await deploy("scoring", "ingest");
  await deploy("scoring", "score");
  await run("scoring");
  expect(azure.ran).toEqual(["/plant/score"]);
});

test("what could not run is refused with what is wrong, and the factory stays as it was", async () => {
  await deploy("scoring", "ingest");
  const wrong = pipeline("score");
  wrong.activities![0]!.dependsOn = [{ activity: "nothing", dependencyConditions: ["Succeeded"] }];
  const refused = client.pipelines.createOrUpdate(RESOURCE_GROUP, FACTORY, "scoring", wrong);
  expect(await refusal(refused)).toContain('"nothing"');
  expect(await run("scoring")).toBe("Succeeded");
  expect(azure.ran).toEqual(["/plant/ingest"]);
});

test("nothing refers to what the factory does not have", async () => {
  const refused = client.triggers.createOrUpdate(RESOURCE_GROUP, FACTORY, "nightly", daily("scoring"));
  expect(await refusal(refused)).toContain("invalid reference 'scoring'");
});

test("what something refers to is not deleted before it", async () => {
  await deploy("scoring", "ingest");
  await client.triggers.createOrUpdate(RESOURCE_GROUP, FACTORY, "nightly", daily("scoring"));
  const deletion = () => client.pipelines.delete(RESOURCE_GROUP, FACTORY, "scoring");
  expect(await refusal(deletion())).toContain("referenced by nightly");
  await client.triggers.delete(RESOURCE_GROUP, FACTORY, "nightly");
  await deletion();
  expect(await refusal(client.pipelines.get(RESOURCE_GROUP, FACTORY, "scoring"))).toContain("was not found");
});

describe("a trigger", () => {
  const state = async () => (await client.triggers.get(RESOURCE_GROUP, FACTORY, "nightly")).properties.runtimeState;
  beforeEach(async () => {
    await deploy("scoring", "ingest");
    await client.triggers.createOrUpdate(RESOURCE_GROUP, FACTORY, "nightly", daily("scoring"));
  });

  test("is off until it is started", async () => {
    expect(await state()).toBe("Stopped");
    await client.triggers.beginStartAndWait(RESOURCE_GROUP, FACTORY, "nightly");
    expect(await state()).toBe("Started");
  });

  test("that is on is neither changed nor deleted", async () => {
    await client.triggers.beginStartAndWait(RESOURCE_GROUP, FACTORY, "nightly");
    const change = client.triggers.createOrUpdate(RESOURCE_GROUP, FACTORY, "nightly", daily("scoring"));
    expect(await refusal(change)).toContain("Cannot update enabled Trigger");
    expect(await refusal(client.triggers.delete(RESOURCE_GROUP, FACTORY, "nightly"))).toContain("enabled Trigger");
    await client.triggers.beginStopAndWait(RESOURCE_GROUP, FACTORY, "nightly");
    await client.triggers.delete(RESOURCE_GROUP, FACTORY, "nightly");
  });
});

test("a global parameter may go before the pipelines that used it are deployed again", async () => {
  await deploy("scoring", "ingest");
  await client.factories.createOrUpdate(RESOURCE_GROUP, FACTORY, { location: "westeurope" });
  await client.pipelines.createOrUpdate(RESOURCE_GROUP, FACTORY, "training", { activities: [] });
  expect(await run("scoring")).toBe("Succeeded");
  expect(await refusal(deploy("other", "ingest"))).toContain("catalog");
});

test("a factory that is deleted runs no more", async () => {
  await deploy("scoring", "ingest");
  await client.pipelines.delete(RESOURCE_GROUP, FACTORY, "scoring");
  await client.linkedServices.delete(RESOURCE_GROUP, FACTORY, "databricks");
  await client.factories.delete(RESOURCE_GROUP, FACTORY);
  expect(azure.factories.all).toEqual([]);
  expect(await refusal(client.pipelines.createRun(RESOURCE_GROUP, FACTORY, "scoring"))).not.toBe("");
});
