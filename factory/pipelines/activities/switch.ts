import { z } from "zod";
import { evaluateJson } from "../../expressions/template";
import { json, type Json, type JsonObject, typeName } from "../../json";
import type { Activity, Work, WorkContext } from "./activity";

const MOST_CASES = 25;

const caseOf = (value: string): string => `case ${value}`;
const DEFAULT = "Default";

const properties = z
  .looseObject({
    on: json.optional(),
    /** What the service's page writes in the place of `on`. */
    expression: json.optional(),
    cases: z
      .array(z.looseObject({ value: z.string(), activities: z.array(z.unknown()).default([]) }))
      .max(MOST_CASES)
      .default([]),
    defaultActivities: z.array(z.unknown()).default([]),
  })
  .transform(({ on, expression = on, ...more }, context) => {
    if (expression !== undefined) return { ...more, expression };
    context.addIssue({ code: "custom", path: ["on"], message: "is required" });
    return z.NEVER;
  });

/** Runs the activities of the case that has the expression's value, or else the default ones. */
export class Switch implements Work {
  readonly hasPolicy = false;
  readonly branches: readonly string[];
  readonly inner: readonly Activity[];
  private readonly expression: Json;
  private readonly cases: ReadonlyMap<string, readonly Activity[]>;
  private readonly otherwise: readonly Activity[];

  constructor(typeProperties: unknown, load: (activities: readonly unknown[]) => readonly Activity[]) {
    const { expression, cases, defaultActivities } = properties.parse(typeProperties);
    this.expression = expression;
    this.cases = new Map(cases.map(({ value, activities }) => [value, load(activities)]));
    this.otherwise = load(defaultActivities);
    this.branches = [...[...this.cases.keys()].map(caseOf), DEFAULT];
    this.inner = [...[...this.cases.values()].flat(), ...this.otherwise];
  }

  async run({ scope, runInner, take }: WorkContext): Promise<JsonObject> {
    const value = evaluateJson(this.expression, scope);
    if (typeof value !== "string")
      throw new Error(`the expression is ${JSON.stringify(value)} of type ${typeName(value)}, expected a string`);
    take(this.cases.has(value) ? caseOf(value) : DEFAULT);
    const { failure } = await runInner(this.cases.get(value) ?? this.otherwise);
    if (failure !== undefined) throw failure;
    return {};
  }
}
