import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { NotebookRunner } from "../../../local/factory/activities/activity";
import type { FactoryEvent } from "../../../local/factory/events";
import { Factory } from "../../../local/factory/factory";
import { Pipeline } from "../../../local/factory/pipeline";
import { RunHistory } from "../../../local/factory/runs";
import type { PipelineResource } from "../../../local/synthesized";

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

export function fakeFactory(
  notebooks: NotebookRunner,
  resource: Partial<PipelineResource> & Pick<PipelineResource, "activities">,
  observe: (event: FactoryEvent) => void = () => undefined,
  retries = true,
) {
  const history = new RunHistory(path.join(mkdtempSync(path.join(tmpdir(), "runs-")), "runs.jsonl"));
  const pipelines = [new Pipeline({ name: "p", parameters: {}, variables: {}, ...resource })];
  const factory = new Factory({
    name: "adf",
    globalParameters: { catalog: "local", schema: "plant" },
    pipelines,
    notebooks,
    retries,
    history,
    observe,
  });
  return { factory, history, pipelines };
}
