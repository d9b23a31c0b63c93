import { z } from "zod";
import { evaluateJson } from "../../expressions/template";
import { json, type Json, type JsonObject } from "../../json";
import type { Activity, Work, WorkContext } from "./activity";
import { toBoolean } from "./condition";

const properties = z.looseObject({
  expression: json,
  ifTrueActivities: z.array(z.unknown()).default([]),
  ifFalseActivities: z.array(z.unknown()).default([]),
});

/** Runs one of two branches. */
export class IfCondition implements Work {
  readonly hasPolicy = false;
  readonly branches = ["True", "False"];
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

  async run({ scope, runInner, take }: WorkContext): Promise<JsonObject> {
    const value = toBoolean(evaluateJson(this.expression, scope));
    take(value ? "True" : "False");
    const { failure } = await runInner(value ? this.ifTrue : this.ifFalse);
    if (failure !== undefined) throw failure;
    return { value };
  }
}
