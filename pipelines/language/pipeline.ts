import { withNested, type Activity } from "./activity";
import { notebookProblems } from "./databricks-notebook";
import { DefinitionError } from "./definition-error";
import { dependencyProblems, nameProblems, nestingProblems, referenceProblems } from "./graph";
import type { NotebookRelease } from "./notebooks";
import { policyProblems } from "./policy";

/** A container, or a folder in it. */
export type ContainerPath = `${string}/`;

export interface PipelineDefinition {
  /** Unique in the factory; a new name makes Terraform replace the pipeline. */
  readonly name: string;
  readonly description: string;
  /** Runs at the same time, at least 1; up to 100 further ones queue. Default: no limit. */
  readonly concurrency?: number;
  /** Defaults by parameter name; strings, because Terraform's provider knows no other type. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The factory's global parameters: those that expressions may read. */
  readonly globalParameters: readonly string[];
  /** Storage that runs write to, as `container/` or `container/folder/`: no trigger of this pipeline may watch it. */
  readonly writes: readonly ContainerPath[];
  /** The notebooks that activities may run, and what runs them. */
  readonly release: NotebookRelease;
  readonly activities: readonly Activity[];
}

declare const checked: unique symbol;

/** A pipeline without graph mistakes. */
export type Pipeline = PipelineDefinition & { readonly [checked]: true };

/** Checks a pipeline. Throws one `DefinitionError` with all its problems. */
export function pipeline(definition: PipelineDefinition): Pipeline {
  const { name, activities, concurrency, globalParameters, parameters, release, writes } = definition;
  const problems = [
    ...(concurrency === undefined || (Number.isInteger(concurrency) && concurrency > 0)
      ? []
      : [`concurrency is ${concurrency}; allowed: a whole number from 1`]),
    ...writes
      .filter((path) => !/^[a-z0-9-]{3,63}\/([^/]+\/)*$/.test(path))
      .map((path) => `writes "${path}"; allowed: container/ or container/folder/`),
    ...nameProblems(activities),
    ...dependencyProblems(activities),
    ...nestingProblems(activities),
    ...referenceProblems(activities, { parameters: Object.keys(parameters), globalParameters }),
    ...activities.flatMap(withNested).flatMap((activity) => ownProblems(activity, release)),
  ];
  if (problems.length > 0) throw new DefinitionError(`The pipeline ${name}`, problems);
  // The brand exists in types only, and says that the checks above have passed.
  return definition as Pipeline;
}

function ownProblems(activity: Activity, { notebooks }: NotebookRelease): readonly string[] {
  if (activity.type === "DatabricksNotebook") return notebookProblems(activity, notebooks);
  if (activity.type !== "WebActivity") return [];
  return policyProblems(activity.policy).map((problem) => `${activity.name}: ${problem}`);
}
