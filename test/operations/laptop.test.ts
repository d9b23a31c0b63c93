import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Factory, loadFactory, systemClock } from "adf-local";
import { ActivityLog, factoryRoutes, LoopbackServer } from "azure-laptop";
import { load } from "../../environments/load";
import { namesOf } from "../../environments/naming";
import { removeAddress, writeAddress } from "../../local/job/address";
import { containerOf } from "../../operations/container";
import { factoryOf } from "../../operations/factory";
import { azureOf } from "../../operations/laptop";
import { PipelineRuns } from "../../operations/pipeline-runs";
import { FactoryTriggers } from "../../operations/triggers/factory-triggers";

const dev = load("dev");
const out = mkdtempSync(path.join(tmpdir(), "laptop-"));
const file = path.join(out, "state", "azure.json");
mkdirSync(path.join(out, "state"));

const activities = new ActivityLog(systemClock);
const factory = new Factory(
  loadFactory({
    name: namesOf(dev).dataFactory,
    pipelines: [{ name: "backfill", properties: { activities: [] } }],
    triggers: [
      {
        name: "nightly",
        properties: {
          type: "ScheduleTrigger",
          typeProperties: { recurrence: { frequency: "Day", interval: 1, startTime: "2015-01-01T00:00:00Z" } },
        },
      },
    ],
  }),
  { observe: (event) => activities.observe(event) },
);

let server: LoopbackServer;
beforeAll(async () => {
  jest.spyOn(console, "log").mockReturnValue();
  server = await LoopbackServer.start({ routes: factoryRoutes({ factory, activities, location: "local" }) });
});
beforeEach(() => {
  const { certificate, endpoint, token } = server;
  writeAddress(out, { pid: process.pid, endpoint, token, certificate, storage: "UseDevelopmentStorage=true" });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await server.stop();
  rmSync(out, { recursive: true });
});

test("the commands of an environment operate the run of a folder, without a subscription", async () => {
  const azure = azureOf({ local: out }, {});
  const patience = { timeout: 10_000, interval: 1 };
  const triggers = new FactoryTriggers({ ...factoryOf(dev, azure), declared: ["nightly"], patience });
  await triggers.start();
  expect(await triggers.states()).toEqual([{ name: "nightly", declared: true, runtimeState: "Started" }]);
  expect(factory.triggers.isStarted("nightly")).toBe(true);
  await triggers.stop();
  expect(await triggers.started()).toEqual([]);

  const runs = new PipelineRuns(factoryOf(dev, azure));
  const id = await runs.start("backfill");
  expect(await runs.ended(id, patience)).toMatchObject({ status: "Succeeded", invokedBy: "Manual" });
  expect((await runs.of("backfill")).map((run) => run.id)).toEqual([id]);
  expect(await runs.unended()).toEqual([]);
});

test("a cloud has containers of many accounts, and says how programs find it", () => {
  const { certificate, endpoint, token } = server;
  const variables = { HTTPS_PROXY: "http://127.0.0.1:1" };
  writeAddress(out, {
    pid: process.pid,
    endpoint,
    token,
    certificate,
    storage: "UseDevelopmentStorage=true",
    variables,
  });
  const azure = azureOf({ local: out }, {});
  expect(containerOf(azure, "stpdmdevd01", "landing").containerName).toBe("stpdmdevd01-landing");
  expect(azure.variables).toEqual(variables);
});

test("all of an environment's storage is the emulator", () => {
  expect(containerOf(azureOf({ local: out }, {}), "stpdmdevd01", "landing").url).toBe(
    "http://127.0.0.1:10000/devstoreaccount1/landing",
  );
});

test("only who runs it can read how it is reached", () => {
  writeFileSync(file, "{}", { mode: 0o644 });
  const { certificate, endpoint, token } = server;
  writeAddress(out, { pid: process.pid, endpoint, token, certificate, storage: "" });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each<[string, () => void]>([
  ["that nobody watches", () => removeAddress(out)],
  [
    "whose process is gone",
    () =>
      writeAddress(out, { pid: 2 ** 22 + 1, endpoint: "https://127.0.0.1:1", token: "", certificate: "", storage: "" }),
  ],
])("a folder %s is one clear line", (_, change) => {
  change();
  expect(() => azureOf({ local: out }, {})).toThrow(
    `nothing runs in ${out}: start npm run cloud, or npm start -- --watch, and leave it running`,
  );
});

test("without --local it is Azure, which needs a subscription", () => {
  expect(() => azureOf({}, {})).toThrow("ARM_SUBSCRIPTION_ID");
});
