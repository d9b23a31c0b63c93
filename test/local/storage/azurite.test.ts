import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BlobEvents, Factory, HandledBlobs, loadFactory } from "adf-local";
import { Azurite, requireFreePort } from "../../../local/storage/azurite";
import { findClassicFiles } from "../../../local/storage/landing/classic-files";
import { land } from "../../../local/storage/landing/landing";
import { planLanding, telemetryDays } from "../../../local/storage/landing/plan";
import { splitFiles } from "../../../local/storage/landing/split";
import { telemetryRows, writeClassicData } from "../fixtures/classic-data";
import { takeEmulatorTurn } from "../fixtures/emulator-turn";

const state = mkdtempSync(path.join(tmpdir(), "azurite-"));
const root = { container: "landing", folder: "incoming" };
const start = async () => {
  const azurite = await Azurite.start(path.join(state, "azurite"), path.join(state, "logs", "azurite.log"));
  await azurite.createContainers(["landing", "lake"]);
  return azurite;
};

/** One notebook, started by each telemetry file. */
const definition = loadFactory({
  name: "adf",
  pipelines: [
    {
      name: "p",
      properties: {
        concurrency: 1,
        activities: [{ name: "a", type: "DatabricksNotebook", typeProperties: { notebookPath: "a" } }],
      },
    },
  ],
  triggers: [
    {
      name: "t",
      properties: {
        type: "BlobEventsTrigger",
        runtimeState: "Started",
        pipelines: [{ pipelineReference: { referenceName: "p" } }],
        typeProperties: {
          events: ["Microsoft.Storage.BlobCreated"],
          blobPathBeginsWith: "/landing/blobs/incoming/telemetry/",
          ignoreEmptyBlobs: true,
        },
      },
    },
  ],
});

jest.setTimeout(180_000);

takeEmulatorTurn();

test("files land once, new and replaced blobs raise the synthesized events, a restart forgets nothing", async () => {
  const days = ["2015-01-01", "2015-01-02", "2015-01-03"];
  const files = await findClassicFiles(
    writeClassicData({ telemetry: telemetryRows(2, days), errors: [`${days[2]} 00:00:00,1,error1`] }),
  );
  const folder = path.join(state, "landing");
  const plan = planLanding(await telemetryDays(files.telemetry), days[0], 1);
  const { history, deliveries } = await splitFiles(files, plan, folder);

  let azurite = await start();
  await expect(requireFreePort(300)).rejects.toThrow("port 10000 of 127.0.0.1 is in use");
  const container = () => azurite.client.getContainerClient("landing");
  const list = () => azurite.list(["landing", "lake"]);
  const calls: string[] = [];
  const run = async (notebook: string) => ({ exitValue: void calls.push(notebook), seconds: 1 });
  const factory = new Factory(definition, { notebooks: { run } });
  const watcher = () => new BlobEvents({ factory, list, handled: new HandledBlobs(path.join(state, "handled.json")) });
  const settle = async (events: BlobEvents) => {
    const raised = await events.poll();
    await Promise.all(raised.map(({ runs }) => runs));
    return raised.map(({ event }) => event.blob.name);
  };

  await land(container(), root, history, folder);
  const events = watcher();
  expect(await settle(events)).toEqual(["incoming/telemetry/2015-01-01_2015-01-01/part-00000.csv.gz"]);

  const before = await list();
  await land(container(), root, history, folder);
  expect(await list()).toEqual(before);

  for (const [index, delivery] of deliveries.entries()) {
    await land(container(), root, delivery, folder);
    expect(await settle(events)).toEqual([
      `incoming/telemetry/${days[index + 1]}_${days[index + 1]}/part-00000.csv.gz`,
    ]);
  }
  const blob = container().getBlockBlobClient("incoming/telemetry/by-hand.csv");
  for (const text of ["a", "b", "c"]) {
    await blob.upload(text, text.length);
    expect(await settle(events)).toEqual(["incoming/telemetry/by-hand.csv"]);
  }
  await container().getBlockBlobClient("incoming/telemetry/empty.csv").upload("", 0);
  expect(await settle(events)).toEqual([]);
  expect(calls).toHaveLength(6);

  const blobs = await list();
  await azurite.stop();
  azurite = await start();
  expect(await list()).toEqual(blobs);
  expect(await settle(watcher())).toEqual([]);
  await azurite.stop();
});

test("the emulator ends with the process that started it, even if that is killed", async () => {
  const script = `require(${JSON.stringify(path.resolve(__dirname, "../../../local/storage/azurite.ts"))}).Azurite
    .start(${JSON.stringify(path.join(state, "killed"))}, ${JSON.stringify(path.join(state, "logs", "killed.log"))})
    .then(() => console.log("up"))`;
  const parent: ChildProcess = spawn(process.execPath, ["--require", "tsx/cjs", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(parent.stdout!, "data");
  await expect(requireFreePort(300)).rejects.toThrow("is in use");
  parent.kill("SIGKILL");
  await sleep(500);
  await requireFreePort();
});
