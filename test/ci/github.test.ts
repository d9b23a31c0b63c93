import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { all } from "../../environments/load";
import { define, definitionsIn, foreignCommands } from "./definitions";
import { type Job, problemsOf, unpinned, type Workflow } from "./github-rules";
import { repository } from "../repository";

const workflows = definitionsIn(".github/workflows");
const actions = definitionsIn(".github/actions");
const workflow = (name: string): Workflow =>
  workflows.find(({ path }) => path === `.github/workflows/${name}.yml`)!.content as Workflow;
const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { readonly scripts: object };

test.each(workflows)("$path keeps the rules", (definition) => {
  expect(problemsOf(definition)).toEqual([]);
});

test.each([...workflows, ...actions])("$path runs scripts of package.json and nothing else", ({ content, text }) => {
  expect(foreignCommands(content, Object.keys(scripts))).toEqual([]);
  expect(unpinned(text)).toEqual([]);
});

describe("one artifact", () => {
  const { jobs } = workflow("promote");

  test("is built once", () => {
    const builds = workflows.flatMap(({ text }) => text.match(/npm run artifact/g) ?? []);
    expect(builds).toHaveLength(1);
    expect(jobs["build"]!.outputs).toEqual({ sha256: "${{ steps.artifact.outputs.sha256 }}" });
  });

  const places = all().map(({ name, promotedAfter }) => [name, promotedAfter ?? "build"] as const);
  test.each(places)("goes to %s after %s", (environment, after) => {
    const needs = after === "build" ? after : ["build", after];
    expect(jobs[environment]).toMatchObject({
      needs,
      uses: "./.github/workflows/environment.yml",
      with: { environment, sha256: "${{ needs.build.outputs.sha256 }}" },
    });
    expect(jobs[environment]).not.toHaveProperty("if");
  });

  test("is the one that each wave plans", () => {
    const given = { environment: "${{ inputs.environment }}", sha256: "${{ inputs.sha256 }}" };
    for (const wave of Object.values(workflow("environment").jobs)) expect(wave.with).toMatchObject(given);
    const { plan, apply } = workflow("wave").jobs as { readonly plan: Job; readonly apply: Job };
    expect(plan.env).toMatchObject({ SHA256: "${{ inputs.sha256 }}" });
    expect(JSON.stringify(plan.steps)).toContain(
      '--artifact out/artifact/artifact.tar --checksum \\"$SHA256\\" --share',
    );
    expect(apply.env).toMatchObject({ PLANS: "${{ needs.plan.outputs.plans }}" });
    expect(JSON.stringify(apply.steps)).toContain('apply --environment \\"$ENVIRONMENT\\" --plans \\"$PLANS\\"');
  });
});

test("a pull request is planned, and drift looked for, in each environment; each can be rolled back", () => {
  const names = all().map(({ name }) => name);
  for (const [name, job] of [
    ["pull-request", "plan"],
    ["drift", "drift"],
  ] as const)
    expect(workflow(name).jobs[job]).toMatchObject({ strategy: { matrix: { environment: names } } });
  expect(workflow("rollback").on).toMatchObject({ workflow_dispatch: { inputs: { environment: { options: names } } } });
});

describe("what breaks a rule is found", () => {
  const text = (name: string): string => workflows.find(({ path }) => path.endsWith(`/${name}.yml`))!.text;
  const READ = "permissions:\n  contents: read\n";

  test.each([
    ["an action by its tag", "promote", /(actions\/checkout@)\w{40} # .*/, "$1v7", "unpinned: actions/checkout@v7"],
    ["a commit of no version", "drift", /(actions\/checkout@\w{40}) # .*/, "$1", "unpinned: actions/checkout@"],
    [
      "a stranger's code",
      "pull-request",
      "on: pull_request",
      "on: pull_request_target",
      "strangers: pull_request_target",
    ],
    ["a secret", "drift", "github.token", "secrets.TOKEN", "secrets: secrets.TOKEN }}"],
    ["no top permissions", "wave", READ, "", "topPermissions: permissions: undefined"],
    ["wide top permissions", "wave", READ, `${READ}  id-token: write\n`, "topPermissions: permissions: {"],
    [
      "a needless right",
      "promote",
      "attestations: write",
      "issues: write",
      "jobPermissions: build does not need issues",
    ],
    [
      "a fork that signs in",
      "pull-request",
      /if: github.event.*/,
      "if: always()",
      "pullRequests: plan signs in for a fork",
    ],
    ["a fork in other words", "pull-request", "head.repo", "base.repo", "pullRequests: plan signs in for a fork"],
    ["a plan that locks", "pull-request", " --read-only", "", "pullRequests: plan changes"],
    ["an apply of a pull request", "pull-request", "-- plan", "-- apply", "pullRequests: plan changes"],
    ["a planner that deploys", "pull-request", "-plan\n", "\n", "identities: plan runs as ${{ matrix.environment }}"],
    [
      "an apply of nobody",
      "wave",
      "    environment: ${{ inputs.environment }}\n",
      "",
      "identities: apply runs as undefined",
    ],
    [
      "an apply of the planner",
      "rollback",
      "environment: ${{ inputs.environment }}\n",
      "environment: ${{ inputs.environment }}-plan\n",
      "identities: rollback runs as",
    ],
    ["applies at once", "wave", "group: deploy-", "group: run-${{ github.run_id }}-", "identities: apply is not alone"],
    [
      "an apply that is cut off",
      "rollback",
      "cancel-in-progress: false",
      "cancel-in-progress: true",
      "identities: rollback is not alone",
    ],
    [
      "a token on disk",
      "drift",
      "persist-credentials: false",
      "persist-credentials: true",
      "checkouts: drift leaves its token",
    ],
  ])("%s", (_, name, from, to, problem) => {
    const broken = text(name).replace(from, to);
    expect(broken).not.toBe(text(name));
    expect(problemsOf(define(name, broken))).toContainEqual(expect.stringContaining(problem));
  });

  test.each([
    "npm run deploy -- plan --environment ${{ inputs.environment }}",
    "npm run deploy -- plan --environment $(environment)",
    "npm run deploy -- plan && npm run deploy -- apply",
    "npm run deploy -- plan | tee plan.txt",
    "npm run deploy -- plan\nnpm run deploy -- apply",
    "npm run nothing",
    "terraform apply",
    "npm install",
  ])("%j", (run) => {
    expect(foreignCommands({ jobs: { a: { steps: [{ run }] } } }, ["deploy"])).toEqual([run]);
  });
});

test("actionlint finds nothing", () => {
  const { error, status, stdout, stderr } = spawnSync("actionlint", ["-no-color"], {
    cwd: repository,
    encoding: "utf8",
  });
  if (error)
    return console.warn(
      `SKIPPED: there is no actionlint on the PATH (${error.message}); npm run lint:workflows runs it by Go`,
    );
  expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: "" });
});
