import { commandsIn } from "./definitions";

export interface Job {
  readonly job?: string;
  readonly deployment?: string;
  readonly environment?: string;
  readonly variables?: readonly { readonly group?: string; readonly name?: string; readonly value?: string }[];
}

export interface Stage {
  readonly stage?: string;
  readonly dependsOn?: string | readonly string[];
  readonly condition?: string;
  readonly lockBehavior?: string;
  readonly jobs: readonly Job[];
}

export interface Pipeline {
  readonly pr?: unknown;
  readonly stages?: readonly Stage[];
  readonly jobs?: readonly Job[];
}

interface Step {
  readonly task?: string;
  readonly name?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Says what is wrong, a line for each problem. */
type Rule = (pipeline: Pipeline) => readonly string[];

/** A pipeline of jobs is one of a single stage. */
export const stagesOf = ({ stages, jobs = [] }: Pipeline): readonly Stage[] => stages ?? [{ jobs }];

const nameOf = ({ job, deployment }: Job): string => job ?? deployment ?? "";

/** Everything that has a task, wherever a strategy puts it. */
function tasksIn(node: unknown): readonly Step[] {
  if (typeof node !== "object" || node === null) return [];
  return [...("task" in node ? [node as Step] : []), ...Object.values(node).flatMap(tasksIn)];
}

const eachJob = (pipeline: Pipeline, rule: (job: Job, stage: Stage) => readonly string[]): readonly string[] =>
  stagesOf(pipeline).flatMap((stage) =>
    stage.jobs.flatMap((job) =>
      rule(job, stage).map((problem) => [stage.stage, nameOf(job), problem].filter(Boolean).join(" ")),
    ),
  );

const valueOf = ({ variables = [] }: Job, name: string): string | undefined =>
  variables.find((variable) => variable.name === name)?.value;

const CHANGES = /^npm run deploy -- (apply|verify|rollback)/;

export const pinned: Rule = (pipeline) =>
  tasksIn(pipeline).flatMap(({ task }) => (/^\w+@\d+$/.test(task!) ? [] : [`${task} has no major version`]));

/** A pull request may at most plan, and not from a fork. */
export const pullRequests: Rule = (pipeline) => {
  if (pipeline.pr === undefined || pipeline.pr === "none") return [];
  return eachJob(pipeline, (job, { condition }) => {
    const commands = commandsIn(job).filter((command) => command.startsWith("npm run deploy"));
    const signsIn =
      (job.variables ?? []).some(({ group }) => group) ||
      tasksIn(job).some(({ inputs }) => inputs?.["azureSubscription"]);
    const closed = condition === "and(succeeded(), ne(variables['System.PullRequest.IsFork'], 'True'))";
    return [
      ...(signsIn && !closed ? ["signs in for a fork"] : []),
      ...(commands.every((command) => /^npm run deploy -- plan .*--read-only/.test(command)) ? [] : ["changes"]),
    ];
  });
};

/** Whoever changes an environment is its deployer, one at a time, when its approvals are there; whoever plans is its planner. */
export const identities: Rule = (pipeline) =>
  eachJob(pipeline, (job, { lockBehavior }) => {
    const environment = valueOf(job, "ENVIRONMENT");
    const tasks = tasksIn(job).filter((step) =>
      commandsIn(step).some((command) => command.startsWith("npm run deploy")),
    );
    if (tasks.length === 0)
      return commandsIn(job).some((command) => command.startsWith("npm run deploy")) ? ["does not sign in"] : [];
    const changes = tasks.some((step) => commandsIn(step).some((command) => CHANGES.test(command)));
    const connection = `azure-${environment}-${changes ? "deployer" : "planner"}`;
    const groups = (job.variables ?? []).flatMap(({ group }) => group ?? []);
    const protectedBy =
      job.deployment !== undefined && job.environment === environment && lockBehavior === "sequential";
    return [
      ...tasks.flatMap((step) => signIn(step, connection)),
      ...(String(groups) === `${environment}${changes ? "" : "-plan"}`
        ? []
        : [`has the variables of ${String(groups)}`]),
      ...(changes && !protectedBy ? [`is not held by the environment ${environment}`] : []),
    ];
  });

function signIn({ task, inputs, env }: Step, connection: string): readonly string[] {
  const given = env?.["ARM_USE_OIDC"] === "true" && env["SYSTEM_ACCESSTOKEN"] === "$(System.AccessToken)";
  return [
    ...(task === "AzureCLI@2" ? [] : [`signs in by ${task}`]),
    ...(inputs?.["azureSubscription"] === connection ? [] : [`signs in as ${String(inputs?.["azureSubscription"])}`]),
    ...(given ? [] : ["has no federated token"]),
    ...(inputs?.["keepAzSessionActive"] === true ? [] : ["is signed in for ten minutes"]),
  ];
}

/** What a stage reads of another one: a name that is not there is empty, and nobody is told. */
export const references: Rule = (pipeline) => {
  const stages = stagesOf(pipeline);
  return stages.flatMap((stage, index) => {
    const waitsFor = [stage.dependsOn ?? []].flat();
    const before = stages.slice(0, index);
    const text = JSON.stringify(stage);
    const read = [...text.matchAll(/(?:stageD|\bd)ependencies\.(\w+)\.(?:(\w+)\.)?(?:result|outputs\['([\w.]+)'\])/g)];
    const missing = waitsFor.filter((name) => !before.some((earlier) => earlier.stage === name));
    return [
      ...missing.map((name) => `${stage.stage} waits for ${name}, which does not come before it`),
      ...read
        .filter(([, name]) => !waitsFor.includes(name!))
        .map(([, name]) => `${stage.stage} reads of ${name}, and does not wait for it`),
      ...read
        .filter(
          ([, name, job, output]) =>
            output !== undefined && !isSet(before, name!, [job, output].filter(Boolean).join(".")),
        )
        .map(([, name, , output]) => `${stage.stage} reads ${output} of ${name}, which nothing sets`),
    ];
  });
};

/** Names of the outputs that our commands set. */
const OUTPUTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^npm run artifact/, ["sha256"]],
  [/^npm run deploy -- plan .*--share/, ["plans", "later"]],
];

function isSet(stages: readonly Stage[], name: string, path: string): boolean {
  const [job, step, output] = path.split(".");
  const found = stages.find(({ stage }) => stage === name)?.jobs.find((one) => nameOf(one) === job);
  const steps = (node: unknown): readonly object[] =>
    typeof node !== "object" || node === null
      ? []
      : [...("name" in node && node.name === step ? [node] : []), ...Object.values(node).flatMap(steps)];
  return steps(found).some((one) =>
    OUTPUTS.some(([by, names]) => names.includes(output!) && commandsIn(one).some((command) => by.test(command))),
  );
}

const RULES = { pinned, pullRequests, identities, references };

/** All that is wrong with a pipeline whose templates are put in. */
export const problemsOf = (pipeline: Pipeline): readonly string[] =>
  Object.entries(RULES).flatMap(([rule, check]) => check(pipeline).map((problem) => `${rule}: ${problem}`));
