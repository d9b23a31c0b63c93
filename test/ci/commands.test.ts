import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commandsIn, definitionsIn } from "./definitions";
import { runLineHere } from "./programs";
import { refusals, Sandbox } from "./sandbox";
import { repository } from "../repository";

const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** They take minutes or need the internet, have no parameters, and are run by people every day or by tests of their own. */
const KNOWN = [
  "npm ci",
  "npm test",
  ...["install-terraform", "lint", "lint:workflows", "scan", "synth"].map((name) => `npm run ${name}`),
];

/** Terraform asks for it before anybody has to sign in. */
const SUBSCRIPTION = { ARM_SUBSCRIPTION_ID: "00000000-0000-0000-0000-000000000000" };

/** How each ends where nobody is signed in, after its parameters were understood. The artifact is first: plans are made of it. */
const ENDS: readonly (readonly [RegExp, number, string])[] = [
  [/^npm run artifact -- /, 0, "sha256 "],
  [/^npm run deploy -- plan /, 1, "terraform init ended with code 1"],
  [/^npm run deploy -- (apply|verify|rollback|drift) /, 1, "ARM_SUBSCRIPTION_ID is"],
  [/^npm run ci -- (comment|issue|resolve) /, 1, "there is nobody to notify"],
];

const lines = [
  ...new Set(
    [...definitionsIn(".github"), ...definitionsIn(".azuredevops")].flatMap(({ content }) => commandsIn(content)),
  ),
];
const order = (line: string): number => ENDS.findIndex(([command]) => command.test(line));
const quick = lines.filter((line) => !KNOWN.includes(line)).sort((one, other) => order(one) - order(other));

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
  sandbox.install("terraform", "#!/bin/sh\necho this is no terraform >&2\nexit 1\n");
});
afterAll(() => sandbox.remove());

const VARIABLES = { ENVIRONMENT: "dev", ALLOW: "", PLANS: "0".repeat(64) };

/** The last line of each program runs as a service runs it, the others in this process. */
const isLast = (line: string): boolean => quick.filter((one) => scriptOf(one) === scriptOf(line)).at(-1) === line;
const scriptOf = (line: string) => line.split(" ")[2];

// Each program starts npm and compiles once.
jest.setTimeout(60_000);

test("the commands that are not run are scripts", () => {
  for (const line of KNOWN.filter((known) => known.startsWith("npm run")))
    expect(scripts).toHaveProperty([line.slice(8)]);
  expect(lines).toEqual(expect.arrayContaining(KNOWN));
});

test.each(quick)("%s", async (line) => {
  const [, code, says] = ENDS[order(line)]!;
  const outputs = join(sandbox.path, "outputs");
  const handed = existsSync(outputs) ? readFileSync(outputs, "utf8") : "";
  const SHA256 = /^sha256=([0-9a-f]{64})$/m.exec(handed)?.[1] ?? "of nothing";
  const named = line.includes(" plan ") ? SUBSCRIPTION : {};
  const variables = { ...VARIABLES, SHA256, GITHUB_OUTPUT: outputs, ...named };
  const outcome = isLast(line) ? sandbox.run(line, variables) : await runLineHere(sandbox, line, variables);
  expect(refusals(outcome)).toEqual([]);
  expect(outcome).toEqual({ code, output: expect.stringContaining(says) });
});

test.each([
  ["npm run deploy -- plan --environment dev --readonly", "unknown option"],
  ["npm run deploy -- aply --environment dev", "the action is"],
  ["npm run deploy -- apply --environment dev now", "unexpected argument"],
  ["npm run deploy -- apply --environment dev --plans", "argument missing"],
  ["npm run ci -- comment --file out/plan.md", "--about <title>"],
])("%s is found to be wrong", async (line, problem) => {
  expect(refusals(await runLineHere(sandbox, line, VARIABLES))).toEqual([expect.stringContaining(problem)]);
});

test("what a pull request plans is written where its comment is read from, and locks nothing", async () => {
  const fake = join(repository, "test", "operations", "deploy", "fake-terraform.sh");
  sandbox.install("terraform", `#!/bin/sh\nexec "${fake}" "$@"\n`);
  const line = lines.find((one) => one.includes("--report out/plan.md"))!;
  expect(await runLineHere(sandbox, line, { ...VARIABLES, ...SUBSCRIPTION })).toMatchObject({ code: 0 });
  expect(readFileSync(join(sandbox.path, "out/plan.md"), "utf8")).toContain("### Plan of dev");
  expect(readFileSync(join(sandbox.path, ".runtime/deploy/dev/stacks/dev-foundation/calls"), "utf8")).toContain(
    "-lock=false",
  );
});
