import { z } from "zod";
import { evaluateJson } from "../../expressions/template";
import { json, type Json, type JsonObject } from "../../json";
import type { Work, WorkContext } from "./activity";

const properties = z.looseObject({ waitTimeInSeconds: json });

/** Does nothing for a while. */
export class Wait implements Work {
  readonly inner = [];
  readonly hasPolicy = false;
  private readonly waitTimeInSeconds: Json;

  constructor(typeProperties: unknown) {
    this.waitTimeInSeconds = properties.parse(typeProperties).waitTimeInSeconds;
  }

  async run({ scope, signal, clock, keepInput }: WorkContext): Promise<JsonObject> {
    const seconds = Number(evaluateJson(this.waitTimeInSeconds, scope));
    if (!(seconds >= 0)) throw new Error(`waitTimeInSeconds is ${seconds}, expected a number from 0`);
    keepInput({ waitTimeInSeconds: seconds });
    await clock.sleep(seconds * 1000, signal);
    return {};
  }
}
