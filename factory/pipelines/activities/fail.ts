import { z } from "zod";
import { evaluateJson } from "../../expressions/template";
import { json, asText, type Json, type JsonObject } from "../../json";
import type { Work, WorkContext } from "./activity";

const properties = z.looseObject({ message: json, errorCode: json });

/** Fails with a message of its own. */
export class Fail implements Work {
  readonly inner = [];
  private readonly properties: z.infer<typeof properties>;

  constructor(typeProperties: unknown) {
    this.properties = properties.parse(typeProperties);
  }

  async run({ scope }: WorkContext): Promise<JsonObject> {
    const text = (value: Json) => asText(evaluateJson(value, scope));
    throw new Error(`${text(this.properties.message)} (error code ${text(this.properties.errorCode)})`);
  }
}
