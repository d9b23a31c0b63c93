import type { ContainerClient } from "@azure/storage-blob";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { knownPlant } from "../../../operations/verify/known-plant";
import { PipelineRuns } from "../../../operations/pipeline-runs";
import { readPredictions } from "../../../operations/verify/predictions";
import { predictKnownPlant, requireExpected, requireSuccess } from "../../../operations/verify/verify";
import { BlobService } from "../blob-service";
import { FactoryService } from "../factory-service";

const expected = readPredictions(
  readFileSync(join(__dirname, "..", "..", "..", "operations", "verify", "expected.csv"), "utf8"),
);

let blobs: BlobService;
let container: ContainerClient;
let service: FactoryService;
let number = 0;

jest.setTimeout(60_000);
beforeAll(async () => (blobs = await BlobService.start()));
afterAll(() => blobs.stop());
beforeEach(async () => {
  jest.spyOn(console, "log").mockImplementation(() => undefined);
  container = blobs.client.getContainerClient(`verification-${(number += 1)}`);
  await container.create();
  service = new FactoryService({});
});
afterEach(() => jest.restoreAllMocks());

async function run(timeout = 200): Promise<void> {
  const patience = { timeout, interval: 1 };
  const runs = new PipelineRuns(service.deployed);
  requireExpected(
    expected,
    await predictKnownPlant({ plant: knownPlant(), container, runs, event: patience, run: patience }),
  );
}

async function names(): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name } of container.listBlobsFlat()) found.push(name);
  return found;
}

/** The event starts runs when somebody asks again; the first ends at the fourth question and tells `predictions`. */
function rings(predictions: readonly object[], { status = "Succeeded", times = 1 } = {}): void {
  let questions = 0;
  service.passTime = () => {
    questions += 1;
    for (let index = 1; questions === 2 && index <= times; index += 1)
      service.runs.push({
        runId: `v${index}`,
        pipelineName: "verification",
        status: index === 1 ? "InProgress" : "Queued",
        invokedBy: { name: "known_plant" },
      });
    if (questions === 4) service.end("v1", status);
  };
  service.activities["v1"] = [
    {
      activityName: "report",
      status: "Succeeded",
      output: { runOutput: { predictions, windows: predictions.length } },
    },
  ];
}

test("predictions as expected pass, and the known plant is gone", async () => {
  rings(expected);
  await expect(run()).resolves.toBeUndefined();
  expect(await names()).toEqual([]);
});

test("telemetry, which rings, lands last", async () => {
  const order: string[] = [];
  const client = container.getBlockBlobClient.bind(container);
  jest.spyOn(container, "getBlockBlobClient").mockImplementation((name) => {
    order.push(name);
    return client(name);
  });
  rings(expected);
  await run();
  expect(order).toHaveLength(5);
  expect(order.at(-1)).toBe("incoming/telemetry/known/PdM_telemetry.csv");
});

test("one window that is predicted otherwise fails, is named, and the known plant is gone all the same", async () => {
  const [first, ...others] = expected;
  rings([{ ...first!, predicted: "comp4" }, ...others]);
  await expect(run()).rejects.toThrow(
    `1 windows of the known plant have unexpected predictions:\n  machine ${first!.machineID}, ${first!.window_end}: ${first!.predicted} expected, comp4 predicted`,
  );
  expect(await names()).toEqual([]);
});

test("a window that is missing, one too many and a probability that is off are differences", async () => {
  const [first, second, ...others] = expected;
  rings([{ ...second!, prob_comp1: 0.5 }, ...others, { ...first!, machineID: 99 }]);
  await expect(run()).rejects.toThrow(
    /3 windows of the known plant have unexpected predictions:[\s\S]*not predicted[\s\S]*prob_comp1[\s\S]*not expected/,
  );
});

test("a run that fails is told with the activity's error", async () => {
  rings([], { status: "Failed" });
  service.activities["v1"] = [{ activityName: "ingest", status: "Failed", error: { message: "no such column" } }];
  await expect(run()).rejects.toThrow("verification v1 is Failed: ingest: no such column");
});

test("a run that does not end is cancelled", async () => {
  rings(expected, { status: "InProgress" });
  await expect(run(20)).rejects.toThrow("verification v1 is InProgress");
  expect(service.actions).toEqual(["v1 cancel"]);
});

test("an event that comes twice does no harm: the second run is cancelled before its blobs are taken away", async () => {
  rings(expected, { times: 2 });
  await run();
  expect(service.actions).toEqual(["v2 cancel"]);
});

test("an event that never comes fails, and says where to look", async () => {
  await expect(run(20)).rejects.toThrow("no event has started verification in");
  expect(await names()).toEqual([]);
});

test("the run of an earlier verification is not taken for this one's", async () => {
  service.runs.push({
    runId: "old",
    pipelineName: "verification",
    status: "Succeeded",
    invokedBy: { name: "known_plant" },
  });
  await expect(run(20)).rejects.toThrow("no event has started verification in");
});

test("what an earlier verification left behind is taken away first", async () => {
  await container.getBlockBlobClient("incoming/telemetry/old/PdM_telemetry.csv").upload("x", 1);
  rings(expected);
  const seen: (readonly string[])[] = [];
  const { passTime } = service;
  service.passTime = () => {
    passTime();
    if (service.runs.length > 0 && seen.length === 0) void names().then((found) => seen.push(found));
  };
  await run();
  expect(seen[0]).not.toContain("incoming/telemetry/old/PdM_telemetry.csv");
});

test("the last run of the real scoring must have succeeded", async () => {
  const runs = new PipelineRuns(service.deployed);
  const patience = { timeout: 20, interval: 1 };
  await expect(requireSuccess(runs, "scoring", patience)).resolves.toBeUndefined();
  service.runs.push({ runId: "s1", pipelineName: "scoring", status: "Failed", message: "no cluster" });
  await expect(requireSuccess(runs, "scoring", patience)).rejects.toThrow(
    "the last run of scoring, s1, is Failed: no cluster",
  );
});
