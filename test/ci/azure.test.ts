import { readFileSync } from "node:fs";
import { join } from "node:path";
import { all } from "../../environments/load";
import { expand } from "./azure-expansion";
import { type Pipeline, problemsOf, stagesOf } from "./azure-rules";
import { commandsIn, define, type Definition, definitionsIn, foreignCommands } from "./definitions";
import { repository } from "../repository";

const definitions = definitionsIn(".azuredevops");
const path = (name: string): string => `.azuredevops/${name}.yml`;
const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { readonly scripts: object };

/** What somebody chooses when it is started. */
const GIVEN = { rollback: { environment: "dev" } } as Readonly<Record<string, object>>;
const pipeline = (name: string, among: readonly Definition[] = definitions): Pipeline =>
  expand(path(name), among, (GIVEN[name] ?? {}) as Readonly<Record<string, unknown>>);

const NAMES = ["pull-request", "promote", "drift", "rollback"];

test.each(NAMES)("%s keeps the rules", (name) => {
  expect(problemsOf(pipeline(name))).toEqual([]);
});

test.each(definitions)("$path runs scripts of package.json and nothing else", ({ content, text }) => {
  expect(foreignCommands(content, Object.keys(scripts))).toEqual([]);
  expect(text).not.toMatch(/secret/i);
});

test.each(NAMES)("%s runs what its twin on GitHub runs", (name) => {
  const twins: Readonly<Record<string, readonly string[]>> = {
    promote: ["workflows/promote.yml", "workflows/wave.yml", "actions/set-up/action.yml"],
  };
  const github = twins[name] ?? [`workflows/${name}.yml`, "actions/set-up/action.yml"];
  const theirs = definitionsIn(".github").filter((one) => github.includes(one.path.replace(".github/", "")));
  const sorted = (contents: readonly unknown[]) => [...new Set(contents.flatMap(commandsIn))].sort();
  expect(sorted([pipeline(name)])).toEqual(sorted(theirs.map(({ content }) => content)));
});

describe("promotion", () => {
  const stages = stagesOf(pipeline("promote"));
  const stage = (name: string) => stages.find((one) => one.stage === name)!;
  const applies = (environment: string) => [1, 2, 3, 4].map((wave) => `${environment}_apply_${wave}`);

  test("builds once, and has a plan and an apply in each wave of each environment", () => {
    const waves = all().flatMap(({ name }) =>
      [1, 2, 3, 4].flatMap((wave) => [`${name}_plan_${wave}`, `${name}_apply_${wave}`]),
    );
    expect(stages.map(({ stage }) => stage)).toEqual(["build", ...waves]);
    expect(commandsIn(stages).filter((command) => command.startsWith("npm run artifact"))).toHaveLength(1);
  });

  test("plans the one artifact everywhere", () => {
    const plans = stages.filter(({ stage }) => stage?.includes("_plan_"));
    expect(plans).toHaveLength(4 * all().length);
    for (const plan of plans)
      expect(plan.jobs[0]!.variables).toContainEqual({
        name: "SHA256",
        value: "$[ stageDependencies.build.build.outputs['artifact.sha256'] ]",
      });
  });

  const later = all().flatMap(({ name, promotedAfter }) => (promotedAfter ? [[name, promotedAfter] as const] : []));
  test.each(later)("%s begins when the last wave of %s was applied", (environment, previous) => {
    const { condition, dependsOn } = stage(`${environment}_plan_1`);
    expect(dependsOn).toEqual(expect.arrayContaining(["build", ...applies(previous)]));
    for (const [index, apply] of applies(previous).entries())
      expect(condition).toContain(
        `and(eq(dependencies.${apply}.result, 'Succeeded'), eq(dependencies.${previous}_plan_${index + 1}.outputs['plan.plan.later'], ''))`,
      );
  });

  test("a wave applies the plans of its own", () => {
    expect(stage("prod_apply_3").jobs[0]!.variables).toContainEqual({
      name: "PLANS",
      value: "$[ stageDependencies.prod_plan_3.plan.outputs['plan.plans'] ]",
    });
  });
});

test.each([
  ["pull-request", "plan"],
  ["drift", undefined],
])("%s has a job for each environment", (name, stage) => {
  const jobs = stagesOf(pipeline(name)).find((one) => one.stage === stage)!.jobs;
  expect(jobs.map(({ job }) => job)).toEqual(all().map((environment) => environment.name));
});

test("rollback offers each environment", () => {
  const { content } = definitions.find((one) => one.path === path("rollback"))!;
  expect(content).toMatchObject({ parameters: [{ name: "environment", values: all().map(({ name }) => name) }, {}] });
});

describe("what breaks a rule is found", () => {
  test.each([
    ["a task of any version", "promote", "templates/set-up", "NodeTool@0", "NodeTool", "pinned: NodeTool has no major"],
    [
      "a fork that signs in",
      "pull-request",
      "pull-request",
      /condition: .*IsFork.*/,
      "condition: always()",
      "plan dev signs in for a fork",
    ],
    [
      "a plan that locks",
      "pull-request",
      "templates/plan-for-review",
      " --read-only",
      "",
      "pullRequests: plan dev changes",
    ],
    [
      "a planner that deploys",
      "drift",
      "templates/drift",
      "-planner",
      "-deployer",
      "identities: dev signs in as azure-dev-deployer",
    ],
    ["another's variables", "drift", "templates/drift", "}}-plan", "}}", "identities: dev has the variables of dev"],
    [
      "a deployment as the planner",
      "rollback",
      "rollback",
      "-deployer",
      "-planner",
      "identities: rollback rollback signs in as azure-dev-planner",
    ],
    [
      "a deployment that nobody approves",
      "rollback",
      "rollback",
      "- deployment: rollback",
      "- job: rollback",
      "is not held by the environment dev",
    ],
    [
      "a deployment beside another",
      "promote",
      "templates/wave",
      "lockBehavior: sequential",
      "lockBehavior: runLatest",
      "identities: prod_apply_4 apply is not held",
    ],
    [
      "no federation",
      "promote",
      "templates/wave",
      'ARM_USE_OIDC: "true"',
      'ARM_USE_OIDC: "false"',
      "dev_plan_1 plan has no federated token",
    ],
    [
      "a token that is not handed over",
      "rollback",
      "rollback",
      "SYSTEM_ACCESSTOKEN",
      "TOKEN",
      "rollback has no federated token",
    ],
    [
      "a sign-in that ends",
      "rollback",
      "rollback",
      "keepAzSessionActive: true",
      "keepAzSessionActive: false",
      "rollback is signed in for ten minutes",
    ],
    [
      "a wave that waits for nothing",
      "promote",
      "templates/environment",
      / +- .*environment \}\}_apply_2\n/,
      "",
      "test_plan_3 reads of test_apply_2, and does not wait",
    ],
    [
      "an output of another name",
      "promote",
      "templates/wave",
      "['plan.plans']",
      "['plan.plan']",
      "reads plan.plan of dev_plan_1, which nothing sets",
    ],
    [
      "a step of no name",
      "promote",
      "promote",
      /name: artifact\n/,
      "displayName: artifact\n",
      "dev_plan_1 reads artifact.sha256 of build, which nothing sets",
    ],
  ])("%s", (_, name, file, from, to, problem) => {
    const broken = definitions.map((one) =>
      one.path === path(file) ? define(one.path, one.text.replace(from, to)) : one,
    );
    expect(broken).not.toEqual(definitions);
    expect(problemsOf(pipeline(name, broken))).toContainEqual(expect.stringContaining(problem));
  });

  test("a template that is handed what it does not ask for", () => {
    const broken = definitions.map((one) => define(one.path, one.text.replace("previous: dev", "before: dev")));
    expect(() => pipeline("promote", broken)).toThrow("environment.yml does not ask for before");
  });
});
