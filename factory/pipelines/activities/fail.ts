import { z } from "zod";
import { evaluateJson } from "../../expressions/template";
import { json, type Json, type JsonObject } from "../../json";
import type { Work, WorkContext } from "./activity";
import { ActivityError } from "./activity-error";

const NO_CODE = "ErrorCodeNotString";

const properties = z.looseObject({ message: json, errorCode: json });

/** Fails with a message and a code of its own. */
export class Fail implements Work {
  readonly inner = [];
  readonly hasPolicy = false;
  private readonly properties: z.infer<typeof properties>;

  constructor(typeProperties: unknown) {
    this.properties = properties.parse(typeProperties);
  }

  async run({ scope }: WorkContext): Promise<JsonObject> {
    const message = evaluateJson(this.properties.message, scope);
    const errorCode = textOf(evaluateJson(this.properties.errorCode, scope)) ?? NO_CODE;
    if (message !== null && typeof message !== "string")
      throw new ActivityError("the fail message parameter couldn't be interpreted as a string", { errorCode });
    throw new ActivityError(textOf(message) ?? "failed to interpret the fail message or error code", { errorCode });
  }
}

/** A text that says something. */
function textOf(value: Json): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
