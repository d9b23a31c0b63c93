// Runs the tests and ends with their sum: jest for the program, pytest for the package and the notebooks. Those without Spark
// can be run alone: they tell soonest. So can fault plans, as many as there is time for.
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
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

interface Options {
  /** A part of a test's name. */
  readonly pattern: string;
  /** Of fault plans: `"1-200"`. */
  readonly seeds: string;
  /** Whether fault plans must find faults that are put into the ledger. */
  readonly mutants?: true;
}

/** What runs at the same time. */
const SUITES = {
  all: () => [
    jest("jest", "unit", "spark"),
    pytest("pytest", "-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder", "--durations=15"),
  ],
  unit: () => [jest("jest, without Spark", "unit"), pytest("pytest, without Spark", "-m", "not spark")],
  notebooks: ({ pattern }: Options) => [pytest("pytest, with Spark", "-m", "spark", "-k", pattern)],
  faults: ({ seeds, mutants }: Options) => {
    const asked = ["--seeds", seeds, ...(mutants ? ["--mutants"] : [])];
    return [pytest("fault plans", "-v", "-k", "test_faults", ...asked, "-n", "2", "--dist", "load")];
  },
} satisfies Readonly<Record<string, (options: Options) => readonly Suite[]>>;

const isTests = (name: string): name is keyof typeof SUITES => Object.hasOwn(SUITES, name);

/** The numbers of fault plans, `N` for the first N or `A-B`, as `A-B`. */
function parseSeeds(text: string): string {
  const [, first = "1", last] = /^(?:([1-9]\d{0,5})-)?([1-9]\d{0,5})$/.exec(text) ?? [];
  if (last === undefined || Number(first) > Number(last))
    throw new InvalidArgumentError(`allowed: how many, such as 200, or from which to which, such as 17-17`);
  return `${first}-${last}`;
}

const program = new Command("npm test")
  .description(
    "Runs the tests: all, unit (those without Spark), the notebooks' tests whose names have the pattern, or fault plans.",
  )
  .argument("[tests]", Object.keys(SUITES).join(", "), "all")
  .argument("[pattern]", "notebooks: a part of a test's name, or several with and, or, not")
  .option("--seeds <seeds>", "faults: how many plans, or from which to which, such as 17-17", parseSeeds, "1-20")
  .option("--mutants", "faults: also whether they find one-line faults that are put into the ledger");

async function main(): Promise<number> {
  if (!parse(program, process.argv.slice(2))) return 0;
  const [name, pattern] = program.processedArgs as [string, string | undefined];
  if (!isTests(name)) throw new UserError(`the tests are "${name}"; allowed: ${Object.keys(SUITES).join(", ")}`, 2);
  if ((name === "notebooks") !== (pattern !== undefined))
    throw new UserError("notebooks, and no other tests, need a pattern: npm run test:notebooks -- PATTERN", 2);
  const ofFaults = ["seeds", "mutants"].find((option) => program.getOptionValueSource(option) === "cli");
  if (name !== "faults" && ofFaults !== undefined)
    throw new UserError(`faults, and no other tests, take --${ofFaults}: npm run test:faults -- --${ofFaults}`, 2);

  const runtime = readRuntime(resolve("."));
  let shown: Promise<unknown> = Promise.resolve();
  const options = { pattern: pattern ?? "", ...program.opts<Omit<Options, "pattern">>() };
  const running = SUITES[name](options).map((suite) => {
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
