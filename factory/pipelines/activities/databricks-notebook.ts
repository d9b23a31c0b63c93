import path from "node:path";
import { z } from "zod";
import { held } from "../../clock";
import { evaluateJson } from "../../expressions/template";
import type { Scope } from "../../expressions/evaluator";
import { json, asText, isObject, type Json, type JsonObject, parseJson } from "../../json";
import type { Services, Work, WorkContext } from "./activity";

const LARGEST_EXIT_VALUE = 2 * 1024 * 1024;

const properties = z.looseObject({
  notebookPath: json,
  baseParameters: z.record(z.string(), json).default({}),
});

/** What a notebook is run with. */
export interface NotebookCall {
  /** Its path in the workspace. */
  readonly path: string;
  /** Values of its widgets. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Runs a notebook of the workspace on the cluster. */
export class DatabricksNotebook implements Work {
  readonly inner = [];
  readonly hasPolicy = true;
  private readonly properties: z.infer<typeof properties>;

  constructor(typeProperties: unknown) {
    this.properties = properties.parse(typeProperties);
  }

  /** The name of its file; of a path that only a run can tell, `undefined`. */
  get file(): string | undefined {
    const { notebookPath } = this.properties;
    return typeof notebookPath === "string" && !notebookPath.includes("@")
      ? path.posix.basename(notebookPath)
      : undefined;
  }

  call(scope: Scope): NotebookCall {
    const { notebookPath, baseParameters } = this.properties;
    const evaluated = (value: Json) => asText(evaluateJson(value, scope));
    return {
      path: evaluated(notebookPath),
      parameters: Object.fromEntries(Object.entries(baseParameters).map(([name, value]) => [name, evaluated(value)])),
    };
  }

  needsStub({ notebooks }: Services): string | undefined {
    return notebooks === undefined ? "runs a notebook, for which the factory has no runner" : undefined;
  }

  async run({ scope, signal, services, clock, keepInput }: WorkContext): Promise<JsonObject> {
    const call = this.call(scope);
    keepInput({ notebookPath: call.path, baseParameters: call.parameters });
    const { exitValue, seconds } = await held(clock, () => services.notebooks!.run(call.path, call.parameters, signal));
    const output = { runPageUrl: call.path, executionDuration: Math.round(seconds) };
    return exitValue === undefined ? output : { ...output, runOutput: toRunOutput(exitValue) };
  }
}

/** A JSON object is readable property by property; everything else stays the string it is. */
function toRunOutput(exitValue: string): Json {
  const bytes = Buffer.byteLength(exitValue);
  if (bytes > LARGEST_EXIT_VALUE)
    throw new Error(`the notebook's exit value has ${bytes} bytes, at most ${LARGEST_EXIT_VALUE} are allowed`);
  try {
    const value = parseJson(exitValue);
    return isObject(value) ? value : exitValue;
  } catch {
    return exitValue;
  }
}
