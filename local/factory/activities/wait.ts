import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { evaluateJson } from "../expressions/template";
import type { Json, JsonObject } from "../json";
import type { Work, WorkContext } from "./activity";

const properties = z.looseObject({ waitTimeInSeconds: z.json() });

/** Does nothing for a while. */
export class Wait implements Work {
  readonly inner = [];
  private readonly waitTimeInSeconds: Json;

  constructor(typeProperties: unknown) {
    this.waitTimeInSeconds = properties.parse(typeProperties).waitTimeInSeconds as Json;
  }

  async run({ scope, signal }: WorkContext): Promise<JsonObject> {
    const seconds = Number(evaluateJson(this.waitTimeInSeconds, scope));
    if (!(seconds >= 0)) throw new Error(`waitTimeInSeconds is ${seconds}, expected a number from 0`);
    await sleep(seconds * 1000, undefined, { signal });
    return {};
  }
}
