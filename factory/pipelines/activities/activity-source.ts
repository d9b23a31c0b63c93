import { z } from "zod";
import { json, type JsonObject } from "../../json";
import type { Problem } from "../../problem";
import { flag } from "./properties";

/** Their properties hold expressions that are evaluated further inside. */
const OWN_SCOPE = ["Filter", "ForEach", "IfCondition", "Switch", "Until"];

/** An activity as Data Factory's own JSON, whatever its type. */
export const activitySource = z.looseObject({
  name: z.string().min(1),
  type: z.string(),
  state: z.enum(["Active", "Inactive"]).default("Active"),
  onInactiveMarkAs: z.enum(["Succeeded", "Failed", "Skipped"]).default("Succeeded"),
  dependsOn: z
    .array(
      z.object({
        activity: z.string(),
        dependencyConditions: z.array(z.enum(["Succeeded", "Failed", "Skipped", "Completed"])).min(1),
      }),
    )
    .default([]),
  policy: z
    .looseObject({
      timeout: json.optional(),
      retry: json.optional(),
      retryIntervalInSeconds: json.optional(),
      secureInput: flag,
      secureOutput: flag,
    })
    .prefault({}),
  typeProperties: z.unknown().optional(),
  linkedServiceName: z.looseObject({ referenceName: z.string().optional() }).optional().catch(undefined),
  /** The datasets of a Copy. */
  inputs: json.optional(),
  outputs: json.optional(),
  userProperties: z.unknown().optional(),
});

export type ActivitySource = z.output<typeof activitySource>;

/** What a stub is given: not the activities inside, nor what is evaluated for each item. */
export function inputOf(type: string, { typeProperties, inputs, outputs }: ActivitySource): JsonObject {
  if (OWN_SCOPE.includes(type)) return {};
  const properties = z.record(z.string(), json).safeParse(typeProperties).data ?? {};
  return { ...properties, ...(inputs !== undefined && { inputs }), ...(outputs !== undefined && { outputs }) };
}

/** Where activities inside an activity stand. */
const INNER = ["activities", "ifTrueActivities", "ifFalseActivities", "defaultActivities", "cases"];

/** What may hold expressions, without the activities inside. */
export function expressionsOf(
  type: string,
  { typeProperties, policy, inputs, outputs, linkedServiceName, userProperties }: ActivitySource,
): Readonly<Record<string, unknown>> {
  const inner = OWN_SCOPE.includes(type) ? INNER : [];
  const own = typeof typeProperties === "object" ? Object.entries(typeProperties ?? {}) : [];
  const outer = Object.fromEntries(own.filter(([name]) => !inner.includes(name)));
  return { typeProperties: outer, policy, inputs, outputs, linkedServiceName, userProperties };
}

/** What an activity is called in messages, also one that cannot be read. */
export function nameIn(json: unknown): string {
  const { data } = z.object({ name: z.string() }).safeParse(json);
  return data?.name ?? JSON.stringify(json).slice(0, 80);
}

/** What is wrong with an activity's JSON. */
export function issuesOf({ issues }: z.ZodError, activity: string, within: readonly string[] = []): readonly Problem[] {
  return issues.map(({ path, message }) => ({
    activity,
    property: [...within, ...path].join(".") || "value",
    message,
  }));
}
