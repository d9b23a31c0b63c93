import { z } from "zod";
import { FactoryError } from "../../factory-error";
import { graphProblems } from "../dependencies";
import { json } from "../../json";
import type { Activity, Work } from "./activity";
import { DatabricksNotebook } from "./databricks-notebook";
import { Fail } from "./fail";
import { IfCondition } from "./if-condition";
import { SetVariable } from "./set-variable";
import { Wait } from "./wait";

type Load = (activities: readonly unknown[]) => readonly Activity[];

const TYPES: Readonly<Record<string, new (typeProperties: unknown, load: Load) => Work>> = {
  DatabricksNotebook,
  Fail,
  IfCondition,
  SetVariable,
  Wait,
};

const definition = z.looseObject({
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
    })
    .default({}),
  typeProperties: z.unknown().optional(),
});

/** Loads a pipeline's activities; one error names the pipeline and everything that is wrong with it. */
export function loadActivities(pipeline: string, activities: readonly unknown[]): readonly Activity[] {
  const problems: string[] = [];
  const loaded = load(activities, problems);
  const names = loaded.flatMap(withInner).map(({ name }) => name);
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  problems.push(...new Set(repeated.map((name) => `activity "${name}" exists twice`)));
  if (problems.length > 0) throw new FactoryError(`pipeline "${pipeline}": ${problems.join("; ")}`);
  return loaded;
}

function withInner(activity: Activity): readonly Activity[] {
  return [activity, ...activity.work.inner.flatMap(withInner)];
}

function load(activities: readonly unknown[], problems: string[]): readonly Activity[] {
  const found = activities.flatMap((activity) => loadOne(activity, problems) ?? []);
  if (found.length === activities.length) problems.push(...graphProblems(found));
  return found;
}

function loadOne(json: unknown, problems: string[]): Activity | undefined {
  const read = definition.safeParse(json);
  if (!read.success) {
    problems.push(`activity ${nameOf(json)}: ${oneLine(read.error)}`);
    return undefined;
  }
  const { name, type, state, onInactiveMarkAs, dependsOn, policy, typeProperties } = read.data;
  const Type = TYPES[type];
  if (Type === undefined) {
    const supported = Object.keys(TYPES).join(", ");
    problems.push(`activity "${name}" has type "${type}", which does not run here; supported are ${supported}`);
    return undefined;
  }
  try {
    const work = new Type(typeProperties, (inner) => load(inner, problems));
    const inactive = state === "Inactive" ? onInactiveMarkAs : undefined;
    const { timeout, retry, retryIntervalInSeconds } = policy;
    return { name, type, dependsOn, policy: { timeout, retry, retryIntervalInSeconds }, inactive, work };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    problems.push(`activity "${name}": typeProperties: ${oneLine(error)}`);
    return undefined;
  }
}

/** Enough of an activity to name it. */
const named = z.object({ name: z.string().optional() }).catch({});

function nameOf(json: unknown): string {
  const { name } = named.parse(json);
  return name === undefined ? JSON.stringify(json).slice(0, 80) : `"${name}"`;
}

function oneLine(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join(".") || "value"}: ${message}`).join("; ");
}
