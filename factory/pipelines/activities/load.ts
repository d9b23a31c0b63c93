import { z } from "zod";
import { graphProblems } from "../dependencies";
import type { Datasets } from "../../datasets/datasets";
import { findName, type Json } from "../../json";
import type { Problem } from "../../problem";
import { type Container, nestingProblem } from "../nesting";
import type { Activity, Work } from "./activity";
import { activitySource, type ActivitySource, expressionsOf, inputOf, issuesOf, nameIn } from "./activity-source";
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
  const read = activitySource.safeParse(json);
  if (!read.success) {
    problems.push(...issuesOf(read.error, nameIn(json)));
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
function loadWork(type: string, read: ActivitySource, datasets: Datasets, load: Load): Work | z.ZodError {
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
