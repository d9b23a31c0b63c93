// Runs the tests and ends with their sum: jest for the program, pytest for the package and the notebooks. Those without Spark
// can be run alone: they tell soonest.
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { parse } from "../command-line/parse";
import { UserError } from "../command-line/user-error";
import { readRuntime } from "../local/command/runtime";
import { runSuite, type Suite } from "./suite";

const jest = (title: string, ...projects: readonly string[]): Suite => ({
  title,
  kind: "jest",
  args: ["node_modules/jest/bin/jest.js", "--selectProjects", ...projects],
});

const pytest = (title: string, ...options: readonly string[]): Suite => ({
  title,
  kind: "pytest",
  args: ["-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "test/python", ...options],
});

/** What runs at the same time. */
const SUITES: Readonly<Record<"all" | "unit" | "notebooks", (pattern: string) => readonly Suite[]>> = {
  all: () => [jest("jest", "unit", "spark"), pytest("pytest", "-n", "2", "--dist", "loadgroup", "--durations=15")],
  unit: () => [jest("jest, without Spark", "unit"), pytest("pytest, without Spark", "-m", "not spark")],
  notebooks: (pattern) => [pytest("pytest, with Spark", "-m", "spark", "-k", pattern)],
};

const program = new Command("npm test")
  .description("Runs the tests: all, unit (those without Spark), or the notebooks' tests whose names have the pattern.")
  .argument("[tests]", Object.keys(SUITES).join(", "), "all")
  .argument("[pattern]", "notebooks: a part of a test's name, or several with and, or, not");

async function main(): Promise<number> {
  if (!parse(program, process.argv.slice(2))) return 0;
  const [name, pattern] = program.processedArgs as [string, string | undefined];
  if (!(name === "all" || name === "unit" || name === "notebooks"))
    throw new UserError(`the tests are "${name}"; allowed: ${Object.keys(SUITES).join(", ")}`, 2);
  if ((name === "notebooks") !== (pattern !== undefined))
    throw new UserError("notebooks, and no other tests, need a pattern: npm run test:notebooks -- PATTERN", 2);

  const runtime = readRuntime(resolve("."));
  let shown: Promise<unknown> = Promise.resolve();
  const running = SUITES[name](pattern ?? "").map((suite) => {
    const outcome = runSuite(suite, runtime, shown);
    shown = Promise.all([shown, outcome]);
    return outcome;
  });
  const outcomes = await Promise.all(running);
  if (name === "all") rmSync(resolve(".runtime", "java"), { recursive: true, force: true }); // ends what is kept for a next run
  for (const { title, passed, failed, skipped, seconds } of outcomes)
    console.log(`${title}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${Math.round(seconds)} s`);
  const sum = (kind: "passed" | "failed") => outcomes.reduce((total, outcome) => total + outcome[kind], 0);
  const empty = outcomes.some(({ passed, failed }) => passed + failed === 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") > 0 || empty ? 1 : 0;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = error.exitCode;
  },
);
