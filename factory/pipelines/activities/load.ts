import { z } from "zod";
import { graphProblems } from "../dependencies";
import type { Datasets } from "../../datasets/datasets";
import { findName, json, type Json, type JsonObject } from "../../json";
import { type Container, nestingProblem } from "../nesting";
import type { Activity, Work } from "./activity";
import { AppendVariable } from "./append-variable";
import { Copy } from "./copy";
import { DatabricksNotebook } from "./databricks-notebook";
import { DatabricksJob } from "./databricks-job";
import { DatabricksSparkPython } from "./databricks-spark-python";
import { Delete } from "./delete";
import { ExecutePipeline } from "./execute-pipeline";
import { Fail } from "./fail";
import { Filter } from "./filter";
import { ForEach } from "./for-each";
import { GetMetadata } from "./get-metadata";
import { IfCondition } from "./if-condition";
import { Lookup } from "./lookup";
import { OtherActivity } from "./other-activity";
import { flag } from "./properties";
import { SetVariable } from "./set-variable";
import { Switch } from "./switch";
import { Until } from "./until";
import { Validation } from "./validation";
import { Wait } from "./wait";
import { WebActivity } from "./web-activity";

type Load = (activities: readonly unknown[]) => readonly Activity[];

/** What an activity may read besides its `typeProperties`. */
export interface Around {
  readonly datasets: Datasets;
  /** The datasets of a Copy, as they are written. */
  readonly inputs: Json | undefined;
  readonly outputs: Json | undefined;
}

const TYPES: Readonly<Record<string, new (typeProperties: unknown, load: Load, around: Around) => Work>> = {
  AppendVariable,
  Copy,
  DatabricksJob,
  DatabricksNotebook,
  DatabricksSparkPython,
  Delete,
  ExecutePipeline,
  Fail,
  Filter,
  ForEach,
  GetMetadata,
  IfCondition,
  Lookup,
  SetVariable,
  Switch,
  Until,
  Validation,
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
  /** The datasets of a Copy. */
  inputs: json.optional(),
  outputs: json.optional(),
});

/** Loads a pipeline's activities; what is wrong with them goes to `problems`. */
export function loadActivities(
  activities: readonly unknown[],
  datasets: Datasets,
  problems: string[],
): readonly Activity[] {
  const loaded = load(activities, { outside: [], datasets, problems });
  const names = loaded.flatMap(withInner).map(({ name }) => name);
  const repeated = names.filter((name, index) => findName(names.slice(0, index), name) !== undefined);
  problems.push(...new Set(repeated.map((name) => `activity "${name}" exists twice`)));
  return loaded;
}

/** An activity and all inside it. */
export function withInner(activity: Activity): readonly Activity[] {
  return [activity, ...activity.work.inner.flatMap(withInner)];
}

interface LoadContext {
  readonly outside: readonly Container[];
  readonly datasets: Datasets;
  readonly problems: string[];
}

function load(activities: readonly unknown[], context: LoadContext): readonly Activity[] {
  const found = activities.flatMap((activity) => loadOne(activity, context) ?? []);
  const names = found.map(({ name }) => name);
  const linked = found.map((activity) => ({
    ...activity,
    dependsOn: activity.dependsOn.map((dependency) => ({
      ...dependency,
      activity: findName(names, dependency.activity) ?? dependency.activity,
    })),
  }));
  if (found.length === activities.length) context.problems.push(...graphProblems(linked));
  return linked;
}

function loadOne(json: unknown, context: LoadContext): Activity | undefined {
  const { outside, datasets, problems } = context;
  const read = definition.safeParse(json);
  if (!read.success) {
    problems.push(`activity ${nameOf(json)}: ${oneLine(read.error)}`);
    return undefined;
  }
  const {
    name,
    type: written,
    state,
    onInactiveMarkAs,
    dependsOn,
    policy,
    typeProperties,
    inputs,
    outputs,
  } = read.data;
  const type = findName(Object.keys(TYPES), written) ?? written;
  const Type = TYPES[type];
  const misplaced = nestingProblem({ name, type }, outside);
  if (misplaced !== undefined) problems.push(misplaced);
  try {
    const work =
      Type === undefined
        ? new OtherActivity(type)
        : new Type(typeProperties, (inner) => load(inner, { ...context, outside: [...outside, { name, type }] }), {
            datasets,
            inputs,
            outputs,
          });
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
