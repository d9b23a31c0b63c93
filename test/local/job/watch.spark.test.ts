import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { BlobServiceClient } from "@azure/storage-blob";
import { CONNECTION_STRING } from "../../../local/storage/azurite";
import { telemetryRows, writeClassicData } from "../fixtures/classic-data";
import { takeEmulatorTurn } from "../fixtures/emulator-turn";
import { type Job, runs, start } from "../fixtures/job";
import { notebookActivity, writeSynthesized } from "../fixtures/synthesized-folder";

/** What the factory runs and queues. */
const TAKEN = 101;
const BURST = 110;

const folder = mkdtempSync(path.join(tmpdir(), "watch-"));
const gate = path.join(folder, "gate");
const out = path.join(folder, "out");

const scoring = `# Databricks notebook source
import os, time
while os.path.exists(${JSON.stringify(gate)}): time.sleep(0.1)
`;
const release = writeSynthesized({
  notebooks: { ingest: "# Databricks notebook source\n", scoring },
  activities: { training: [notebookActivity("ingest")], scoring: [notebookActivity("scoring")] },
});
const data = writeClassicData({ telemetry: telemetryRows(1, ["2015-01-01", "2015-01-02"]) });

jest.setTimeout(600_000);

takeEmulatorTurn();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function interrupt(job: Job): Promise<void> {
  job.process.kill("SIGINT");
  expect({ exit: await job.exited, text: job.text }).toMatchObject({ exit: [0, null] });
}

test("of a burst of blobs none is lost: not to the factory's queue, not to Ctrl-C", async () => {
  const watching = start("--cdktf-out", release, "--data", data, "--out", out, "--watch");
  await watching.shows("Watching");
  writeFileSync(gate, "");
  const landing = BlobServiceClient.fromConnectionString(CONNECTION_STRING).getContainerClient("landing");
  for (let number = 0; number < BURST; number += 1)
    await landing.getBlockBlobClient(`incoming/telemetry/burst/${number}.csv`).upload("datetime\n", 9);
  await watching.shows(`  ${BURST - TAKEN} events wait because the queue of runs is full`);
  await interrupt(watching);
  expect(watching.text.trimEnd().split("\n").at(-1)).toBe(
    `Stopped; predictions.csv holds no prediction yet; ${BURST} events are left, which --resume raises again`,
  );
  expect(runs(out)).toEqual(["training Succeeded", "scoring Succeeded", "scoring Cancelled"]);

  rmSync(gate);
  const resumed = start("--resume", "--out", out, "--watch");
  await resumed.shows("Watching");
  expect(runs(out).slice(3)).toEqual(Array.from({ length: BURST }, () => "scoring Succeeded"));
  const written = resumed.text.indexOf("✓ writing predictions and report");
  expect(written).toBeLessThan(resumed.text.lastIndexOf("✓ scoring Succeeded"));
  await interrupt(resumed);
  expect(resumed.text.trimEnd().split("\n").at(-1)).toBe("Stopped; predictions.csv holds no prediction yet");
});
