import { commandsIn, type Definition } from "./definitions";

export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly env?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps?: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }[];
}

export interface Workflow {
  readonly on: string | Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Says what is wrong, a line for each problem. */
type Rule = (workflow: Workflow, text: string) => readonly string[];

const jobsOf = ({ jobs }: Workflow): readonly (readonly [string, Job])[] => Object.entries(jobs);
const triggersOf = ({ on }: Workflow): readonly string[] => (typeof on === "string" ? [on] : Object.keys(on));
const deployed = (job: Job): readonly string[] =>
  commandsIn(job).flatMap((command) => /^npm run deploy -- (\w+)/.exec(command)?.[1] ?? []);
const changes = (job: Job): boolean => deployed(job).some((action) => ["apply", "verify", "rollback"].includes(action));

/** What other repositories run here is named by its commit; the version is for people. */
export function unpinned(text: string): readonly string[] {
  return [...text.matchAll(/uses: *(.+)/g)]
    .map(([, used]) => used!)
    .filter((used) => !used.startsWith("./") && !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used));
}

/** `pull_request_target` and `workflow_run` run a stranger's code with this repository's rights. */
export const strangers: Rule = (workflow) =>
  triggersOf(workflow).filter((trigger) => ["pull_request_target", "workflow_run"].includes(trigger));

export const secrets: Rule = (_, text) => text.match(/\bsecrets\b.*/g) ?? [];

export const topPermissions: Rule = ({ permissions }) =>
  JSON.stringify(permissions) === '{"contents":"read"}' ? [] : [`permissions: ${JSON.stringify(permissions)}`];

/** Who needs which right beyond reading. */
const NEEDS: Readonly<Record<string, (job: Job) => boolean>> = {
  "id-token": (job) => job.uses !== undefined || deployed(job).length > 0 || JSON.stringify(job).includes("/attest-"),
  attestations: (job) => JSON.stringify(job).includes("/attest-"),
  "pull-requests": (job) => commandsIn(job).some((command) => command.includes("ci -- comment")),
  issues: (job) => commandsIn(job).some((command) => command.includes("ci -- issue")),
};

export const jobPermissions: Rule = (workflow) =>
  jobsOf(workflow).flatMap(([name, job]) =>
    Object.entries(job.permissions ?? {})
      .filter(([right, value]) => value !== "read" && !NEEDS[right]?.(job))
      .map(([right]) => `${name} does not need ${right}`),
  );

const NO_FORK = "github.event.pull_request.head.repo.full_name == github.repository";

/** A pull request may at most plan, as somebody who only reads, and not from a fork. */
export const pullRequests: Rule = (workflow) => {
  if (!triggersOf(workflow).includes("pull_request")) return [];
  return jobsOf(workflow).flatMap(([name, job]) => {
    const commands = commandsIn(job).filter((command) => command.startsWith("npm run deploy"));
    const signsIn = job.permissions?.["id-token"] !== undefined || job.environment !== undefined;
    return [
      ...(signsIn && job.if !== NO_FORK ? [`${name} signs in for a fork`] : []),
      ...(commands.every((command) => /^npm run deploy -- plan .*--read-only/.test(command))
        ? []
        : [`${name} changes`]),
      ...(job.uses === undefined ? [] : [`${name} calls ${job.uses}`]),
    ];
  });
};

/** Whoever changes an environment is its deployer, one at a time; whoever plans is its planner. */
export const identities: Rule = (workflow) =>
  jobsOf(workflow).flatMap(([name, job]) => {
    if (deployed(job).length === 0) return [];
    const environment = /^\$\{\{ (inputs|matrix)\.environment \}\}/.exec(String(job.environment))?.[0];
    const expected = `${environment}${changes(job) ? "" : "-plan"}`;
    const { group, "cancel-in-progress": cancels } = job.concurrency ?? {};
    return [
      ...(job.environment === expected ? [] : [`${name} runs as ${job.environment}`]),
      ...(changes(job) && (group !== `deploy-${environment}` || cancels !== false) ? [`${name} is not alone`] : []),
    ];
  });

export const checkouts: Rule = (workflow) =>
  jobsOf(workflow).flatMap(([name, { steps = [] }]) =>
    steps
      .filter((step) => step.uses?.startsWith("actions/checkout@") && step.with?.["persist-credentials"] !== false)
      .map(() => `${name} leaves its token to what it runs`),
  );

const RULES = { strangers, secrets, topPermissions, jobPermissions, pullRequests, identities, checkouts };

/** All that is wrong with a workflow. */
export function problemsOf({ path, text, content }: Definition): readonly string[] {
  return [
    ...unpinned(text).map((used) => `${path}: unpinned: ${used}`),
    ...Object.entries(RULES).flatMap(([rule, check]) =>
      check(content as Workflow, text).map((problem) => `${path}: ${rule}: ${problem}`),
    ),
  ];
}
