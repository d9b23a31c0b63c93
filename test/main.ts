// Runs both suites at once and ends with their sum: jest for the program, pytest for the package and the notebooks, whose
// output follows that of jest.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { readRuntime } from "../local/command/runtime";

interface Outcome {
  readonly suite: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const runtime = readRuntime(resolve("."));
const environment = {
  ...process.env,
  ...(runtime.javaHome !== undefined && { JAVA_HOME: runtime.javaHome }),
  PATH: [resolve("node_modules/.bin"), process.env["PATH"]].join(delimiter),
};
const reports = mkdtempSync(join(tmpdir(), "tests-"));

/** Runs a suite; what it prints is shown from when `shown` settles. */
async function run(command: string, args: readonly string[], shown: Promise<unknown>): Promise<void> {
  const suite = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: environment });
  const ended = once(suite, "close");
  const printed = new PassThrough();
  suite.stdout.on("data", (text) => printed.write(text));
  suite.stderr.on("data", (text) => printed.write(text));
  void shown.then(() => printed.pipe(process.stdout, { end: false }));
  await Promise.all([ended, shown]);
}

async function jest(): Promise<Outcome> {
  const file = join(reports, "jest.json");
  await run(process.execPath, ["node_modules/jest/bin/jest.js", "--json", `--outputFile=${file}`], Promise.resolve());
  const report = JSON.parse(readFileSync(file, "utf8")) as Record<string, number>;
  return {
    suite: "jest",
    passed: report["numPassedTests"]!,
    failed: report["numFailedTests"]! + report["numRuntimeErrorTestSuites"]!,
    skipped: report["numPendingTests"]!,
  };
}

async function pytest(shown: Promise<unknown>): Promise<Outcome> {
  const file = join(reports, "pytest.xml");
  const options = ["-q", "-rs", "--durations=15", "-p", "no:cacheprovider", `--junitxml=${file}`];
  await run(runtime.python, ["-m", "pytest", ...options, "test/python"], shown);
  const summary = /<testsuite [^>]*>/.exec(readFileSync(file, "utf8"))![0];
  const count = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(summary)![1]);
  const failed = count("failures") + count("errors");
  return { suite: "pytest", passed: count("tests") - failed - count("skipped"), failed, skipped: count("skipped") };
}

function sum(outcomes: readonly Outcome[], kind: "passed" | "failed" | "skipped"): number {
  return outcomes.reduce((total, outcome) => total + outcome[kind], 0);
}

async function main(): Promise<void> {
  const first = jest();
  const outcomes = await Promise.all([first, pytest(first)]);
  for (const { suite, passed, failed, skipped } of outcomes) {
    console.log(`${suite}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  }
  const empty = outcomes.some(({ passed, failed }) => passed + failed === 0);
  process.exitCode = sum(outcomes, "failed") > 0 || empty ? 1 : 0;
  console.log(`${sum(outcomes, "passed")} passed, ${sum(outcomes, "failed")} failed`);
}

void main();
