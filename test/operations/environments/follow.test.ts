import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthHere } from "../../program-copy";
import { copyRepository } from "../../repository";
import { runHere } from "../../run-here";

/** Of nothing that is looked at here: each module of the notebooks takes several folders to synthesize. */
const LEFT_OUT = ["bench", "docs", "factory", "notebooks/predictive_maintenance", "test/python"];
const copy = mkdtempSync(join(tmpdir(), "environments-"));
const stage = join(copy, "environments", "stage.ts");

beforeAll(() => copyRepository(copy, LEFT_OUT));
afterAll(() => rmSync(copy, { recursive: true }));

// Each starts programs, one of them jest.
jest.setTimeout(180_000);

function runNode(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: "utf8" });
  return { code: status, output: stdout + stderr };
}

/** Runs in this process what `npm run environments` runs in the copy. */
async function runHereInCopy(...parameters: readonly string[]) {
  jest.resetModules();
  const program = join(copy, "operations", "environments", "environments.ts");
  const { writeEnvironments } =
    jest.requireActual<typeof import("../../../operations/environments/environments")>(program);
  const command = join(copy, "operations", "command.ts");
  const { runOperation } = jest.requireActual<typeof import("../../../operations/command")>(command);
  const { status, shown } = await runHere(() => runOperation(async () => writeEnvironments(parameters, copy)));
  return { code: status, output: shown };
}

const runTests = (...args: readonly string[]) => runNode(require.resolve("jest/bin/jest"), "-i", ...args);

/** Puts an environment between test and prod, by a file alone. */
function addStage(changes: readonly (readonly [string, string])[]): void {
  const test = readFileSync(join(copy, "environments", "test.ts"), "utf8");
  writeFileSync(
    stage,
    changes.reduce((text, [from, to]) => text.replace(from, to), test),
  );
}

const NAMED = [
  ['name: "test"', 'name: "stage"'],
  ['promotedAfter: "dev"', 'promotedAfter: "test"'],
  ['suffix: "t01"', 'suffix: "s01"'],
] as const;

test("an environment without a state of its own is refused in one line", async () => {
  addStage(NAMED);
  expect(await runHereInCopy("--check")).toEqual({
    code: 1,
    output: `The environments are not valid:
  test.state.storageAccountName is "pdmteststatet01"; allowed: a value other than stage.state.storageAccountName
`,
  });
});

test("a new environment is one file: stacks, both services' pipelines and their tests follow it", async () => {
  addStage([...NAMED, ["pdmteststatet01", "pdmstagestates01"]]);
  const synthesized = join(copy, "cdktf.out");
  expect(await synthHere(copy, synthesized)).toMatchObject({ status: 0, stderr: "" });
  const foundation = readFileSync(join(synthesized, "stacks", "stage-foundation", "cdk.tf.json"), "utf8");
  expect(foundation).toContain("stpdmstages01");

  const refusal = runNode("--require", "tsx/cjs", "operations/environments/main.ts", "--check");
  expect(refusal).toEqual({ code: 1, output: expect.stringMatching(/^\.github\/workflows\/drift\.yml, .*\n$/) });
  expect(refusal.output).toContain("allowed: dev, test, prod, stage, in this order: npm run environments writes it");
  const tests = ["test/ci/github.test.ts", "test/ci/azure.test.ts"];
  expect(runTests(...tests, "-t", "environment|after|default export|order")).toMatchObject({ code: 1 });

  expect(await runHereInCopy()).toMatchObject({ code: 0 });
  expect(await runHereInCopy("--check")).toEqual({ code: 0, output: "" });
  expect(runTests(...tests, "test/environments/load.test.ts", "test/environments/naming.test.ts")).toMatchObject({
    code: 0,
  });
});

test("a pipeline whose place for the environments is gone is named", async () => {
  const file = join(copy, ".azuredevops", "drift.yml");
  writeFileSync(file, readFileSync(file, "utf8").replace("# Until here.", ""));
  const { code, output } = await runHereInCopy();
  expect(code).toBe(1);
  expect(output).toMatch(/^\.azuredevops\/drift\.yml has no lines from .*\n$/);
});
