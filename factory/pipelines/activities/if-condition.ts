import { z } from "zod";
import { evaluateJson } from "../../expressions/template";
import { json, type Json, type JsonObject, typeName } from "../../json";
import type { Activity, Work, WorkContext } from "./activity";

const properties = z.looseObject({
  expression: json,
  ifTrueActivities: z.array(z.unknown()).default([]),
  ifFalseActivities: z.array(z.unknown()).default([]),
});

/** Runs one of two branches. */
export class IfCondition implements Work {
  readonly inner: readonly Activity[];
  private readonly expression: Json;
  private readonly ifTrue: readonly Activity[];
  private readonly ifFalse: readonly Activity[];

  constructor(typeProperties: unknown, load: (activities: readonly unknown[]) => readonly Activity[]) {
    const { expression, ifTrueActivities, ifFalseActivities } = properties.parse(typeProperties);
    this.expression = expression;
    this.ifTrue = load(ifTrueActivities);
    this.ifFalse = load(ifFalseActivities);
    this.inner = [...this.ifTrue, ...this.ifFalse];
  }

  async run({ scope, signal, runBranch }: WorkContext): Promise<JsonObject> {
    const value = toBoolean(evaluateJson(this.expression, scope));
    await runBranch(value ? this.ifTrue : this.ifFalse, signal);
    return { value };
  }
}

function toBoolean(value: Json): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "string" && /^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
  throw new Error(`the condition is ${JSON.stringify(value)} of type ${typeName(value)}, expected true or false`);
}
