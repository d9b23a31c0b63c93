import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { Runtime } from "../local/command/runtime";

/** Tests that one process runs. */
export interface Suite {
  readonly title: string;
  readonly kind: "jest" | "pytest";
  /** Of Node, or of Python. */
  readonly args: readonly string[];
}

/**
 * What Spark and Java read themselves. With a few rows it costs more to generate and compile code than to interpret it: the
 * full compiler of Java never pays, and its small one pays sooner than Java thinks. The code cache which goes with that one,
 * 48 MB, would be full after some minutes; from then on Java would only interpret.
 */
const INTERPRETING = {
  SPARK_CONF_DIR: resolve(__dirname, "few-rows"),
  JDK_JAVA_OPTIONS: "-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=0.5 -XX:ReservedCodeCacheSize=256m",
};

/** How many tests of a suite ended how, and how long it took. */
export interface Outcome {
  readonly title: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

type Counts = Pick<Outcome, "passed" | "failed" | "skipped">;

/** A suite that could not even begin has one failure. */
const BROKEN: Counts = { passed: 0, failed: 1, skipped: 0 };

/** Runs a suite; what it prints is shown from when `shown` settles. Its temporary files go with it. */
export async function runSuite(suite: Suite, { python, javaHome }: Runtime, shown: Promise<unknown>): Promise<Outcome> {
  const begin = performance.now();
  const temporary = mkdtempSync(join(tmpdir(), "tests-"));
  const report = join(temporary, "report");
  const isJest = suite.kind === "jest";
  const command = isJest ? process.execPath : python;
  const reporting = isJest ? ["--json", `--outputFile=${report}`] : [`--junitxml=${report}`];
  const child = spawn(command, [...suite.args, ...reporting], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...(javaHome !== undefined && { JAVA_HOME: javaHome }),
      PATH: [resolve("node_modules/.bin"), process.env["PATH"]].join(delimiter),
      TMPDIR: temporary,
      ...INTERPRETING,
    },
  });
  const ended = once(child, "close");
  const printed = new PassThrough();
  child.stdout.on("data", (text) => printed.write(text));
  child.stderr.on("data", (text) => printed.write(text));
  const isShown = shown.then(() => pipeline(printed, process.stdout, { end: false }));
  await ended;
  const seconds = (performance.now() - begin) / 1000;
  printed.end();
  await isShown;
  const counts = existsSync(report) ? (isJest ? countJest : countPytest)(readFileSync(report, "utf8")) : BROKEN;
  rmSync(temporary, { recursive: true, force: true });
  return { title: suite.title, ...counts, seconds };
}

const count = z.int().min(0);
const jestReport = z.object({
  numPassedTests: count,
  numFailedTests: count,
  numRuntimeErrorTestSuites: count,
  numPendingTests: count,
});

function countJest(report: string): Counts {
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests } = jestReport.parse(
    JSON.parse(report),
  );
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites, skipped: numPendingTests };
}

function countPytest(report: string): Counts {
  const summary = /<testsuite [^>]*>/.exec(report)?.[0] ?? "";
  const number = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(summary)?.[1]);
  const failed = number("failures") + number("errors");
  return { passed: number("tests") - failed - number("skipped"), failed, skipped: number("skipped") };
}
