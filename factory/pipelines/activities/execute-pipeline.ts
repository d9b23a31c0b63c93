import { z } from "zod";
import { evaluateJson } from "../../expressions/template";
import { json, type JsonObject } from "../../json";
import type { Work, WorkContext } from "./activity";
import { ActivityError } from "./activity-error";
import { flag } from "./properties";

const properties = z.looseObject({
  pipeline: z.looseObject({ referenceName: z.string() }),
  parameters: z.record(z.string(), json).default({}),
  waitOnCompletion: flag,
});

/** Runs another pipeline, and waits for it where `waitOnCompletion` is true. */
export class ExecutePipeline implements Work {
  readonly inner = [];
  readonly hasPolicy = false;
  private readonly properties: z.infer<typeof properties>;

  constructor(typeProperties: unknown) {
    this.properties = properties.parse(typeProperties);
  }

  /** The pipeline that it runs. */
  get pipeline(): string {
    return this.properties.pipeline.referenceName;
  }

  /** What it gives the pipeline, before it is evaluated. */
  get parameters(): JsonObject {
    return this.properties.parameters;
  }

  get isWaiting(): boolean {
    return this.properties.waitOnCompletion;
  }

  async run({ scope, signal, execute, hideOutput, keepInput }: WorkContext): Promise<JsonObject> {
    const { parameters, waitOnCompletion } = this.properties;
    const values = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, evaluateJson(value, scope)]),
    );
    keepInput({ pipeline: { referenceName: this.pipeline }, parameters: values, waitOnCompletion });
    const { runId, ended } = execute({
      pipeline: this.pipeline,
      parameters: values,
      isBound: waitOnCompletion,
    });
    const output = { pipelineName: this.pipeline, pipelineRunId: runId };
    if (!waitOnCompletion) {
      // Its end concerns nobody here; the history has it.
      ended.catch(() => undefined);
      return output;
    }
    const { run, failure, returnValue, isReturnValueSecure } = await ended;
    signal.throwIfAborted();
    if (run.status !== "Succeeded") throw new ActivityError(failure ?? `pipeline "${run.pipeline}" was cancelled`, {});
    if (isReturnValueSecure) hideOutput();
    return returnValue === undefined ? output : { ...output, pipelineReturnValue: returnValue };
  }
}
