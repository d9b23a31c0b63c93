import { Factory, type FactoryProps } from "../factory";
import { loadFactory } from "../load";
import type { NotebookRunner } from "../pipelines/activities/activity";
import type { PipelineRun } from "../runs/records";
import type { FactorySource, PipelineSource } from "../source";

type Behaviour = (parameters: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<string> | string;

/** A cluster whose notebooks are functions: what they return is the exit value. */
export class FakeNotebooks implements NotebookRunner {
  readonly calls: { readonly path: string; readonly parameters: Readonly<Record<string, string>> }[] = [];

  constructor(private readonly behaviours: Readonly<Record<string, Behaviour>> = {}) {}

  async run(notebook: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal) {
    this.calls.push({ path: notebook, parameters });
    const exitValue = await this.behaviours[notebook]?.(parameters, signal);
    return { exitValue, seconds: 1 };
  }
}

export function fails(): never {
  throw new Error("it broke");
}

interface FakeActivity {
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly baseParameters?: Readonly<Record<string, unknown>>;
  readonly [dependency: string]: unknown;
}

/** A notebook activity whose notebook has its name; other properties are dependencies with their conditions. */
export function notebook(name: string, { policy, baseParameters, ...dependencies }: FakeActivity = {}) {
  return {
    name,
    type: "DatabricksNotebook",
    dependsOn: Object.entries(dependencies).map(([activity, conditions]) => ({
      activity,
      dependencyConditions: [conditions].flat(),
    })),
    policy: { timeout: "0.01:00:00", retryIntervalInSeconds: 0, ...policy },
    typeProperties: { notebookPath: name, baseParameters: baseParameters ?? {} },
  };
}

/** An activity of any type, after those that are given with their conditions. */
export function activity(
  name: string,
  type: string,
  typeProperties: object,
  { policy, ...dependencies }: Readonly<Record<string, unknown>> = {},
) {
  return { ...notebook(name, dependencies), type, typeProperties, policy: policy ?? {} };
}

/** What became of a run and of its activities, by name; of several with one name, the last. */
export function statuses({ status, activities }: PipelineRun) {
  return { status, ...Object.fromEntries(activities.map((run) => [run.name, run.status])) };
}

type PipelineProperties = PipelineSource["properties"];

/** A pipeline `p` of these activities. */
export function pipelineOf(properties: PipelineProperties): PipelineSource {
  return { name: "p", properties };
}

/** Strings, each with its default. */
export function strings(defaults: Readonly<Record<string, string>>): PipelineProperties["parameters"] {
  return Object.fromEntries(
    Object.entries(defaults).map(([name, defaultValue]) => [name, { type: "String", defaultValue }]),
  );
}

/** A factory of one pipeline, `p`, and others where they are given. */
export function fakeFactory(
  notebooks: NotebookRunner,
  properties: PipelineProperties,
  more: Omit<FactoryProps, "notebooks"> & Partial<Pick<FactorySource, "triggers" | "pipelines">> = {},
): Factory {
  const { triggers, pipelines = [], ...props } = more;
  const definition = loadFactory({
    name: "adf",
    globalParameters: { catalog: { type: "String", value: "local" }, schema: { type: "String", value: "plant" } },
    pipelines: [pipelineOf(properties), ...pipelines],
    ...(triggers && { triggers }),
  });
  return new Factory(definition, { notebooks, ...props });
}
