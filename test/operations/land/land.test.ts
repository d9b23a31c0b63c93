import type { ContainerClient } from "@azure/storage-blob";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { LandingFile } from "../../../local/storage/landing/split";
import { landPlant } from "../../../operations/land/land";
import { PipelineRuns } from "../../../operations/pipeline-runs";
import { BlobService } from "../blob-service";
import { FactoryService } from "../factory-service";

const folder = mkdtempSync(path.join(tmpdir(), "land-"));
let blobs: BlobService;
let landing: ContainerClient;
let service: FactoryService;
let number = 0;

beforeAll(async () => (blobs = await BlobService.start()));
afterAll(async () => {
  await blobs.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  jest.spyOn(console, "log").mockReturnValue();
  landing = blobs.client.getContainerClient(`landing-${(number += 1)}`);
  await landing.create();
  service = new FactoryService({});
});
afterEach(() => jest.restoreAllMocks());

function file(name: string): LandingFile {
  const place = path.join(folder, name);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, name);
  return { name, size: name.length, md5: createHash("md5").update(name).digest("base64") };
}

const land = (timeout = 5_000) =>
  landPlant({
    landing,
    folder,
    files: { history: [file("machines/all.csv")], deliveries: [[file("telemetry/day.csv")]] },
    runs: new PipelineRuns(service.deployed),
    patience: { timeout, interval: 1 },
  });

async function names(): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name } of landing.listBlobsFlat()) found.push(name);
  return found;
}

/** Ends runs as they are asked for; once something has landed after training, an event starts a run of scoring. */
function pipelinesWork(status = "Succeeded"): void {
  let isRung = false;
  service.passTime = () => {
    const { runs } = service;
    const training = runs.find(({ pipelineName }) => pipelineName === "training");
    if (training?.status === "InProgress") service.end(training.runId, status);
    else if (training !== undefined && !isRung) {
      isRung = true; // the question before the delivery lands
    } else if (training !== undefined && !runs.some(({ runId }) => runId === "s2"))
      runs.push({ runId: "s2", pipelineName: "scoring", status: "Succeeded" });
  };
}

test("the history lands and is trained on, then a delivery lands and is scored by a run that began afterwards", async () => {
  service.runs.push({ runId: "s1", pipelineName: "scoring", status: "Succeeded" });
  pipelinesWork();
  await land();
  expect(await names()).toEqual(["incoming/machines/all.csv", "incoming/telemetry/day.csv"]);
  expect(service.actions).toEqual(["training createRun"]);
});

test("what is there already is not trained on, nor waited for, again", async () => {
  pipelinesWork();
  await land();
  await land();
  expect(service.actions).toEqual(["training createRun"]);
});

test("a training that fails ends it before anything else lands", async () => {
  pipelinesWork("Failed");
  await expect(land()).rejects.toThrow("training run-1 is Failed");
  expect(await names()).toEqual(["incoming/machines/all.csv"]);
});

test("an event that never comes fails, and says where to look", async () => {
  service.passTime = () => service.runs.forEach(({ runId }) => service.end(runId, "Succeeded"));
  await expect(land(50)).rejects.toThrow("no run of scoring began in");
});
