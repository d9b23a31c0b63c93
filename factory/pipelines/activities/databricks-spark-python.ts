import { z } from "zod";
import { held } from "../../clock";
import { evaluateJson } from "../../expressions/template";
import { asText, json, type Json, type JsonObject } from "../../json";
import type { Services, Work, WorkContext } from "./activity";

const properties = z.looseObject({ pythonFile: json, parameters: z.array(json).default([]) });

/** Runs a Python file on the cluster. */
export class DatabricksSparkPython implements Work {
  readonly inner = [];
  readonly hasPolicy = true;
  private readonly properties: z.infer<typeof properties>;

  constructor(typeProperties: unknown) {
    this.properties = properties.parse(typeProperties);
  }

  needsStub({ pythonFiles }: Services): string | undefined {
    return pythonFiles === undefined ? "runs a Python file, for which the factory has no runner" : undefined;
  }

  async run({ scope, signal, services, clock, keepInput }: WorkContext): Promise<JsonObject> {
    const text = (value: Json) => asText(evaluateJson(value, scope));
    const file = text(this.properties.pythonFile);
    const parameters = this.properties.parameters.map(text);
    keepInput({ pythonFile: file, parameters });
    const { seconds } = await held(clock, () => services.pythonFiles!.run(file, parameters, signal));
    return { runPageUrl: file, executionDuration: Math.round(seconds) };
  }
}
