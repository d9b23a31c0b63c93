import { z } from "zod";
import { evaluateJson } from "../../expressions/template";
import { json, type JsonObject } from "../../json";
import type { Work, WorkContext } from "./activity";

const properties = z.looseObject({ variableName: z.string(), value: json });

/** Adds a value to the end of an array variable. */
export class AppendVariable implements Work {
  readonly inner = [];
  readonly hasPolicy = false;
  private readonly properties: z.infer<typeof properties>;

  constructor(typeProperties: unknown) {
    this.properties = properties.parse(typeProperties);
  }

  get variable(): string {
    return this.properties.variableName;
  }

  async run({ scope, variables, keepInput }: WorkContext): Promise<JsonObject> {
    const { variableName, value } = this.properties;
    const output = { name: variableName, value: evaluateJson(value, scope) };
    keepInput({ variableName, value: output.value });
    this.restore(output, { variables });
    return output;
  }

  restore({ value }: JsonObject, { variables }: Pick<WorkContext, "variables">): void {
    variables.append(this.properties.variableName, value ?? null);
  }
}
