import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { ActivityRun, PipelineRun } from "adf-local";
import { requireFreePort } from "../../../local/storage/azurite";
import { takeEmulatorTurn } from "../fixtures/emulator-turn";
import { notebookActivity } from "../fixtures/synthesized-folder";
import { explore, ranBefore } from "./explore-command";

/** Lists the landing container in Azurite, where it is given one. */
const ingest = `# Databricks notebook source
import json
landing = dbutils.widgets.get("landing_root").rsplit("/", 1)[0]
files = sc._jvm.org.apache.hadoop.fs.Path(landing).getFileSystem(sc._jsc.hadoopConfiguration()).listStatus(
    sc._jvm.org.apache.hadoop.fs.Path(landing + "/")
)
print("catalog", dbutils.widgets.get("catalog"))
dbutils.notebook.exit(json.dumps({"run": dbutils.widgets.get("run_id"), "files": len(files)}))
`;
const scoring = `# Databricks notebook source
print("rows", dbutils.widgets.get("rows"))
raise ValueError("no such column")
`;

function withWidgets(activity: ReturnType<typeof notebookActivity>, widgets: Readonly<Record<string, string>>) {
  const { typeProperties } = activity;
  const baseParameters = { ...typeProperties.baseParameters, ...widgets };
  return {
    ...activity,
    policy: { ...activity.policy, retry: 3 },
    typeProperties: { ...typeProperties, baseParameters },
  };
}

const activities = [
  withWidgets(notebookActivity("ingest"), { landing_root: "@pipeline().globalParameters.landing_root" }),
  withWidgets(notebookActivity("scoring", "ingest"), { rows: "@activity('ingest').output.runOutput.rows" }),
];

function ran(name: string, hour: number, output: ActivityRun["output"] = {}): ActivityRun {
  const [start, end] = [`2015-01-01T0${hour}:00:00.000Z`, `2015-01-01T0${hour + 1}:00:00.000Z`];
  return { name, type: "DatabricksNotebook", status: "Succeeded", start, end, attempts: 1, output };
}

const lastRun: PipelineRun = {
  runId: "the-last-run",
  pipeline: "training",
  invokedBy: "manual",
  parameters: {},
  status: "Succeeded",
  start: "2015-01-01T01:00:00.000Z",
  end: "2015-01-01T03:00:00.000Z",
  activities: [ran("ingest", 1, { runOutput: { rows: 96 } }), ran("scoring", 2)],
};

jest.setTimeout(600_000);

const out = ranBefore({ ingest, scoring }, activities, lastRun);
const history = () => readFileSync(path.join(out, "state", "runs.jsonl"), "utf8");

takeEmulatorTurn();
afterAll(() => rmSync(out, { recursive: true, force: true }));

test("a notebook of the pipelines runs on the state with its last widgets, beside Azurite where it needs it", async () => {
  const before = history();
  const { status, stdout, lines } = explore("ingest", "--out", out);
  expect({ status, lines }).toEqual({ status: 0, lines: [""] });
  expect(stdout).toContain("✓ Azurite");
  expect(stdout).toContain("    catalog spark_catalog\n");
  expect(stdout).toMatch(/exit value: \{"run": "the-last-run", "files": 0\}\n$/);
  expect(history()).toBe(before);
  await requireFreePort();
});

test("one that raises runs once and ends with its traceback, with the output of the activity before it as a widget", () => {
  const { status, stdout, lines } = explore("scoring", "--out", out);
  expect(status).toBe(1);
  expect(stdout).not.toContain("Azurite");
  expect(stdout.match(/^ +rows 96$/gm)).toHaveLength(1);
  expect(lines[0]).toBe("Traceback (most recent call last):");
  expect(lines.join("\n")).toMatch(/assets\/scoring\.py", line 3, in <module>\n[^]*ValueError: no such column$/);
});
