import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BlobServiceClient } from "@azure/storage-blob";
import { CONNECTION_STRING, requireFreePort } from "../../../local/storage/azurite";
import { telemetryRows, writeClassicData } from "../fixtures/classic-data";
import { takeEmulatorTurn } from "../fixtures/emulator-turn";
import { runs, start } from "../fixtures/job";
import { notebookActivity, writeSynthesized } from "../fixtures/synthesized-folder";

const folder = mkdtempSync(path.join(tmpdir(), "run-"));
const gate = path.join(folder, "gate");
const out = path.join(folder, "out");

const ingest = `# Databricks notebook source
import json
spark.sql("CREATE SCHEMA IF NOT EXISTS predictive_maintenance")
files = spark.read.csv("wasb://landing@devstoreaccount1/incoming/telemetry", header=True, recursiveFileLookup=True)
dbutils.notebook.exit(json.dumps({"rows": files.count()}))
`;
const scoring = (body: string) => `# Databricks notebook source
# COMMAND ----------
import os, time
${body}
`;
const activities = [
  notebookActivity("ingest"),
  notebookActivity("scoring", "ingest"),
  notebookActivity("late", "scoring"),
];

const synthesized = (body: string) =>
  writeSynthesized({
    notebooks: { ingest, scoring: scoring(body), late: "# Databricks notebook source\n" },
    activities: { training: activities, scoring: activities },
  });

const data = writeClassicData({ telemetry: telemetryRows(2, ["2015-01-01", "2015-01-02", "2015-01-03"]) });

jest.setTimeout(600_000);

takeEmulatorTurn();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a notebook that raises fails the pipeline and skips what follows: a typing mistake is told with its line, not tried again", async () => {
  const patient = activities.map((activity) => ({ ...activity, policy: { ...activity.policy, retry: 2 } }));
  const release = writeSynthesized({
    notebooks: { ingest, scoring: scoring("primt(1)"), late: "# Databricks notebook source\n" },
    activities: { training: patient, scoring: patient },
  });
  const failed = path.join(folder, "failed");
  const job = start("--cdktf-out", release, "--data", data, "--out", failed);
  expect(await job.exited).toEqual([1, null]);
  expect(job.text).toMatch(/✓ ingest Succeeded .*\n[^]*✗ scoring Failed .*\n.*– late Skipped\n✗ training Failed/);
  expect(job.text).toContain(`File "${release}/stacks/dev-databricks/assets/scoring.py", line 4, in <module>\n`);
  expect(job.text).toMatch(/in <module>\n +primt\(1\)\n/);
  expect(job.text).toContain("✗ scoring failed; not tried again: waiting does not mend an error of the program");
  expect(job.text).not.toContain("next attempt");
  expect(job.text.trimEnd().split("\n").at(-1)).toBe(
    "pipeline training Failed: activity scoring: NameError: name 'primt' is not defined",
  );
  expect(runs(failed)).toEqual(["training Failed"]);
  expect(existsSync(path.join(failed, "state", "lock"))).toBe(false);

  writeFileSync(path.join(release, "stacks/dev-databricks/assets/scoring.py"), scoring("print(1)"));
  const mended = start("--resume", "--from", "scoring", "--out", failed);
  expect({ exit: await mended.exited, text: mended.text }).toMatchObject({ exit: [0, null] });
  expect(mended.text).toMatch(/▶ training .*\n  ✓ ingest kept from the earlier run \(rows 96\)\n/);
});

test("a folder that cannot be written is one clear line", async () => {
  const file = path.join(folder, "file");
  writeFileSync(file, "");
  const job = start("--cdktf-out", synthesized(""), "--data", data, "--out", path.join(file, "out"));
  expect(await job.exited).toEqual([1, null]);
  expect(job.text).toMatch(/^--out .* cannot be written: .*not a directory.*\n$/);
});

test("a run that is killed while it scores a delivery is finished by --resume, which then watches until Ctrl-C", async () => {
  const release = synthesized(`while os.path.exists(${JSON.stringify(gate)}): time.sleep(0.1)`);
  const options = ["--cdktf-out", release, "--data", data, "--train-to", "2015-01-01", "--out", out];
  const killed = start(...options);
  await killed.shows("✓ training Succeeded");
  writeFileSync(gate, "");
  await killed.shows("(rows 96)");
  await killed.kill();
  expect(runs(out)).toEqual(["training Succeeded"]);
  rmSync(gate);

  const resumed = start("--resume", "--out", out, "--watch");
  await resumed.shows("Watching");
  expect(runs(out)).toEqual(["training Succeeded", "scoring Succeeded", "scoring Succeeded"]);
  expect(resumed.text).toContain("(rows 144)");
  expect(existsSync(path.join(out, "predictions.csv"))).toBe(true);

  const landing = BlobServiceClient.fromConnectionString(CONNECTION_STRING).getContainerClient("landing");
  await landing.getBlockBlobClient("incoming/telemetry/more/one.csv").upload("datetime\n2015-01-04\n", 20);
  await resumed.shows("(rows 145)");
  await sleep(2000);
  resumed.process.kill("SIGINT");
  expect(await resumed.exited).toEqual([0, null]);
  expect(runs(out)).toHaveLength(4);
  await requireFreePort();
});
