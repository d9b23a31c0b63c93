import type { EnvironmentSettings } from "../../environments/settings/settings";

/** Environments in the order of promotion. */
export type Environments = readonly Pick<EnvironmentSettings, "name" | "promotedAfter">[];

const names = (environments: Environments): readonly string[] => environments.map(({ name }) => `- ${name}`);

const githubNames = (property: string) => (environments: Environments) => [
  `${property}:`,
  ...names(environments).map((line) => `  ${line}`),
];

const githubPromotion = (environments: Environments): readonly string[] =>
  environments.flatMap(({ name, promotedAfter }, index) => [
    ...(index > 0 ? [""] : []),
    `${name}:`,
    `  needs: ${promotedAfter === undefined ? "build" : `[build, ${promotedAfter}]`}`,
    "  uses: ./.github/workflows/environment.yml",
    "  permissions:",
    "    contents: read",
    "    id-token: write",
    "  with:",
    `    environment: ${name}`,
    "    sha256: ${{ needs.build.outputs.sha256 }}",
    "    allow: ${{ inputs.allow }}",
  ]);

const azureJobs = (template: string) => (environments: Environments) =>
  environments.flatMap(({ name }) => [`- template: ${template}`, "  parameters:", `    environment: ${name}`]);

const azurePromotion = (environments: Environments): readonly string[] =>
  environments.flatMap(({ name, promotedAfter }, index) => [
    ...(index > 0 ? [""] : []),
    "- template: templates/environment.yml",
    "  parameters:",
    `    environment: ${name}`,
    ...(promotedAfter === undefined ? [] : [`    previous: ${promotedAfter}`]),
    "    allow: ${{ parameters.allow }}",
  ]);

/** The definitions that name environments, and what each says of them: neither service can ask for the list itself and keep the order. */
export const DEFINITIONS: Readonly<Record<string, (environments: Environments) => readonly string[]>> = {
  ".github/workflows/drift.yml": githubNames("environment"),
  ".github/workflows/promote.yml": githubPromotion,
  ".github/workflows/pull-request.yml": githubNames("environment"),
  ".github/workflows/rollback.yml": githubNames("options"),
  ".azuredevops/drift.yml": azureJobs("templates/drift.yml"),
  ".azuredevops/promote.yml": azurePromotion,
  ".azuredevops/pull-request.yml": azureJobs("templates/plan-for-review.yml"),
  ".azuredevops/rollback.yml": githubNames("values"),
};
