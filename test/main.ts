// Runs every suite and ends with their sum: jest for the program, pytest for the package and the notebooks.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { readRuntime } from "../local/runtime";

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

function run(command: string, args: readonly string[]): void {
  const { error } = spawnSync(command, args, { stdio: "inherit", env: environment });
  if (error) throw error;
}

function jest(): Outcome {
  const file = join(reports, "jest.json");
  run(process.execPath, ["node_modules/jest/bin/jest.js", "--json", `--outputFile=${file}`]);
  const report = JSON.parse(readFileSync(file, "utf8")) as Record<string, number>;
  return {
    suite: "jest",
    passed: report["numPassedTests"]!,
    failed: report["numFailedTests"]! + report["numRuntimeErrorTestSuites"]!,
    skipped: report["numPendingTests"]!,
  };
}

function pytest(): Outcome {
  const file = join(reports, "pytest.xml");
  run(runtime.python, ["-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", `--junitxml=${file}`, "test/python"]);
  const summary = /<testsuite [^>]*>/.exec(readFileSync(file, "utf8"))![0];
  const count = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(summary)![1]);
  const failed = count("failures") + count("errors");
  return { suite: "pytest", passed: count("tests") - failed - count("skipped"), failed, skipped: count("skipped") };
}

function sum(outcomes: readonly Outcome[], kind: "passed" | "failed" | "skipped"): number {
  return outcomes.reduce((total, outcome) => total + outcome[kind], 0);
}

const outcomes = [jest(), pytest()];
for (const { suite, passed, failed, skipped } of outcomes) {
  console.log(`${suite}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
}
const empty = outcomes.some(({ passed, failed }) => passed + failed === 0);
process.exitCode = sum(outcomes, "failed") > 0 || empty ? 1 : 0;
console.log(`${sum(outcomes, "passed")} passed, ${sum(outcomes, "failed")} failed`);
