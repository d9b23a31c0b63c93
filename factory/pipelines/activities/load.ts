import { z } from "zod";
import { graphProblems } from "../dependencies";
import { findName, json, type JsonObject } from "../../json";
import { type Container, nestingProblem } from "../nesting";
import type { Activity, Work } from "./activity";
import { AppendVariable } from "./append-variable";
import { DatabricksNotebook } from "./databricks-notebook";
import { DatabricksJob } from "./databricks-job";
import { DatabricksSparkPython } from "./databricks-spark-python";
import { ExecutePipeline } from "./execute-pipeline";
import { Fail } from "./fail";
import { Filter } from "./filter";
import { ForEach } from "./for-each";
import { IfCondition } from "./if-condition";
import { OtherActivity } from "./other-activity";
import { flag } from "./properties";
import { SetVariable } from "./set-variable";
import { Switch } from "./switch";
import { Until } from "./until";
import { Wait } from "./wait";
import { WebActivity } from "./web-activity";

type Load = (activities: readonly unknown[]) => readonly Activity[];

const TYPES: Readonly<Record<string, new (typeProperties: unknown, load: Load) => Work>> = {
  AppendVariable,
  DatabricksJob,
  DatabricksNotebook,
  DatabricksSparkPython,
  ExecutePipeline,
  Fail,
  Filter,
  ForEach,
  IfCondition,
  SetVariable,
  Switch,
  Until,
  Wait,
  WebActivity,
};

/** Their properties hold expressions that are evaluated further inside. */
const OWN_SCOPE = ["Filter", "ForEach", "IfCondition", "Switch", "Until"];

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
      secureInput: flag,
      secureOutput: flag,
    })
    .prefault({}),
  typeProperties: z.unknown().optional(),
  linkedServiceName: z.looseObject({ referenceName: z.string() }).optional().catch(undefined),
  /** The datasets of a Copy. */
  inputs: json.optional(),
  outputs: json.optional(),
});

/** Loads a pipeline's activities; what is wrong with them goes to `problems`. */
export function loadActivities(activities: readonly unknown[], problems: string[]): readonly Activity[] {
  const loaded = load(activities, [], problems);
  const names = loaded.flatMap(withInner).map(({ name }) => name);
  const repeated = names.filter((name, index) => findName(names.slice(0, index), name) !== undefined);
  problems.push(...new Set(repeated.map((name) => `activity "${name}" exists twice`)));
  return loaded;
}

/** An activity and all inside it. */
export function withInner(activity: Activity): readonly Activity[] {
  return [activity, ...activity.work.inner.flatMap(withInner)];
}

function load(activities: readonly unknown[], outside: readonly Container[], problems: string[]): readonly Activity[] {
  const found = activities.flatMap((activity) => loadOne(activity, outside, problems) ?? []);
  const names = found.map(({ name }) => name);
  const linked = found.map((activity) => ({
    ...activity,
    dependsOn: activity.dependsOn.map((dependency) => ({
      ...dependency,
      activity: findName(names, dependency.activity) ?? dependency.activity,
    })),
  }));
  if (found.length === activities.length) problems.push(...graphProblems(linked));
  return linked;
}

function loadOne(json: unknown, outside: readonly Container[], problems: string[]): Activity | undefined {
  const read = definition.safeParse(json);
  if (!read.success) {
    problems.push(`activity ${nameOf(json)}: ${oneLine(read.error)}`);
    return undefined;
  }
  const { name, type: written, state, onInactiveMarkAs, dependsOn, policy, typeProperties } = read.data;
  const type = findName(Object.keys(TYPES), written) ?? written;
  const Type = TYPES[type];
  const misplaced = nestingProblem({ name, type }, outside);
  if (misplaced !== undefined) problems.push(misplaced);
  try {
    const work =
      Type === undefined
        ? new OtherActivity(type)
        : new Type(typeProperties, (inner) => load(inner, [...outside, { name, type }], problems));
    const inactive = state === "Inactive" ? onInactiveMarkAs : undefined;
    const { timeout, retry, retryIntervalInSeconds, secureInput, secureOutput } = policy;
    const isSecure = secureInput || secureOutput;
    return {
      name,
      type,
      dependsOn,
      isSecure,
      inactive,
      work,
      policy: { timeout, retry, retryIntervalInSeconds },
      input: inputOf(type, read.data),
      linkedService: read.data.linkedServiceName?.referenceName,
    };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    problems.push(`activity "${name}": typeProperties: ${oneLine(error)}`);
    return undefined;
  }
}

/** What a stub is given: not the activities inside, nor what is evaluated for each item. */
function inputOf(type: string, { typeProperties, inputs, outputs }: z.infer<typeof definition>): JsonObject {
  if (OWN_SCOPE.includes(type)) return {};
  const properties = z.record(z.string(), json).safeParse(typeProperties).data ?? {};
  return { ...properties, ...(inputs !== undefined && { inputs }), ...(outputs !== undefined && { outputs }) };
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
