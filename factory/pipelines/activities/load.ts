import { z } from "zod";
import { graphProblems } from "../dependencies";
import type { Datasets } from "../../datasets/datasets";
import { findName, json, type Json, type JsonObject } from "../../json";
import type { Problem } from "../../problem";
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
  linkedServiceName: z.looseObject({ referenceName: z.string().optional() }).optional().catch(undefined),
  /** The datasets of a Copy. */
  inputs: json.optional(),
  outputs: json.optional(),
  userProperties: z.unknown().optional(),
});

/** Loads a pipeline's activities; what is wrong with them goes to `problems`. */
export function loadActivities(
  activities: readonly unknown[],
  datasets: Datasets,
  problems: Problem[],
): readonly Activity[] {
  const loaded = load(activities, { outside: [], datasets, problems });
  const names = loaded.flatMap(withInner).map(({ name }) => name);
  const repeated = names.filter((name, index) => findName(names.slice(0, index), name) !== undefined);
  problems.push(...[...new Set(repeated)].map((name) => ({ message: `activity "${name}" exists twice` })));
  return loaded;
}

/** An activity and all inside it. */
export function withInner(activity: Activity): readonly Activity[] {
  return [activity, ...activity.work.inner.flatMap(withInner)];
}

interface LoadContext {
  readonly outside: readonly Container[];
  readonly datasets: Datasets;
  readonly problems: Problem[];
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
    problems.push(...issuesOf(read.error, named.parse(json).name ?? JSON.stringify(json).slice(0, 80)));
    return undefined;
  }
  const { name, type: written, state, onInactiveMarkAs, dependsOn, policy } = read.data;
  const type = findName(Object.keys(TYPES), written) ?? written;
  const inactive = state === "Inactive" ? onInactiveMarkAs : undefined;
  // The service checks nothing of what is inactive.
  const found: Problem[] = inactive === undefined ? problems : [];
  const misplaced = nestingProblem({ name, type }, outside);
  if (misplaced !== undefined) found.push(misplaced);
  const inside = { datasets, outside: [...outside, { name, type }], problems: found };
  const work = loadWork(type, read.data, datasets, (inner) => load(inner, inside));
  if (work instanceof z.ZodError && inactive === undefined) {
    problems.push(...issuesOf(work, name, ["typeProperties"]));
    return undefined;
  }
  const { timeout, retry, retryIntervalInSeconds, secureInput, secureOutput } = policy;
  return {
    name,
    type,
    dependsOn,
    isSecure: secureInput || secureOutput,
    inactive,
    work: work instanceof z.ZodError ? new OtherActivity(type) : work,
    policy: { timeout, retry, retryIntervalInSeconds },
    input: inputOf(type, read.data),
    linkedService: read.data.linkedServiceName?.referenceName,
    expressions: expressionsOf(type, read.data),
  };
}

/** What an activity does, or what keeps it from being read. */
function loadWork(type: string, read: z.output<typeof definition>, datasets: Datasets, load: Load): Work | z.ZodError {
  const Type = TYPES[type];
  if (Type === undefined) return new OtherActivity(type);
  const { typeProperties, inputs, outputs } = read;
  try {
    return new Type(typeProperties, load, { datasets, inputs, outputs });
  } catch (error) {
    if (error instanceof z.ZodError) return error;
    throw error;
  }
}

/** What a stub is given: not the activities inside, nor what is evaluated for each item. */
function inputOf(type: string, { typeProperties, inputs, outputs }: z.infer<typeof definition>): JsonObject {
  if (OWN_SCOPE.includes(type)) return {};
  const properties = z.record(z.string(), json).safeParse(typeProperties).data ?? {};
  return { ...properties, ...(inputs !== undefined && { inputs }), ...(outputs !== undefined && { outputs }) };
}

/** Where activities inside an activity stand. */
const INNER = ["activities", "ifTrueActivities", "ifFalseActivities", "defaultActivities", "cases"];

/** What may hold expressions, without the activities inside. */
function expressionsOf(
  type: string,
  { typeProperties, policy, inputs, outputs, linkedServiceName, userProperties }: z.infer<typeof definition>,
): Readonly<Record<string, unknown>> {
  const inner = OWN_SCOPE.includes(type) ? INNER : [];
  const own = typeof typeProperties === "object" ? Object.entries(typeProperties ?? {}) : [];
  const outer = Object.fromEntries(own.filter(([name]) => !inner.includes(name)));
  return { typeProperties: outer, policy, inputs, outputs, linkedServiceName, userProperties };
}

/** Enough of an activity to name it. */
const named = z.object({ name: z.string().optional() }).catch({});

function issuesOf({ issues }: z.ZodError, activity: string, within: readonly string[] = []): readonly Problem[] {
  return issues.map(({ path, message }) => ({
    activity,
    property: [...within, ...path].join(".") || "value",
    message,
  }));
}
