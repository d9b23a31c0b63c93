import { z } from "zod";
import { evaluateJson } from "../../expressions/template";
import { json, type JsonObject } from "../../json";
import type { Work, WorkContext } from "./activity";

const properties = z.looseObject({ variableName: z.string(), value: json });

/** Gives a variable of the pipeline run a value. */
export class SetVariable implements Work {
  readonly inner = [];
  private readonly properties: z.infer<typeof properties>;

  constructor(typeProperties: unknown) {
    this.properties = properties.parse(typeProperties);
  }

  async run({ scope, setVariable }: WorkContext): Promise<JsonObject> {
    const { variableName, value } = this.properties;
    const result = evaluateJson(value, scope);
    setVariable(variableName, result);
    return { name: variableName, value: result };
  }
}
