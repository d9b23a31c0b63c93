import { findName, isSameName } from "../json";
import type { Activity } from "../pipelines/activities/activity";
import { allowed } from "../problem";
import type { FoundProblem, Step, Surrounding, Surroundings } from "./expression";

/** What can be read anywhere in a pipeline. */
export interface PipelineNames {
  readonly parameters: readonly string[];
  readonly variables: readonly string[];
  /** `undefined` where they are not part of what was loaded. */
  readonly globalParameters: readonly string[] | undefined;
}

/** What an activity can read besides. */
export interface ActivityNames {
  /** The activities that have ended before it. */
  readonly before: readonly Activity[];
  /** All of the pipeline; `undefined` where some could not be read. */
  readonly all: readonly string[] | undefined;
  readonly hasItem: boolean;
}

/** The properties of `pipeline()` in the service, besides the two that hold parameters. */
const SYSTEM_VARIABLES = [
  "DataFactory",
  "Pipeline",
  "RunId",
  "TriggerType",
  "TriggerId",
  "TriggerName",
  "TriggerTime",
  "GroupId",
  "TriggeredByPipelineName",
  "TriggeredByPipelineRunId",
];

/** What expressions of an activity can read. */
export function activitySurroundings(pipeline: PipelineNames, activity: ActivityNames): Surroundings {
  return new Map<string, Surrounding>([
    ["pipeline", { parameters: [0, 0], problem: (_, steps) => pipelineProblem(steps, pipeline) }],
    [
      "variables",
      constantNamed((name, at) => {
        const message = undeclared("variable", name, pipeline.variables);
        return message === undefined ? undefined : { message, at };
      }),
    ],
    ["activity", constantNamed((name, at) => activityProblem(name, at, activity))],
    [
      "item",
      activity.hasItem ? anything : misplaced("item() is there inside a ForEach, and in the condition of a Filter"),
    ],
    ["trigger", misplaced(IN_TRIGGERS)],
    ["triggerbody", misplaced(IN_TRIGGERS)],
    ["dataset", misplaced("dataset() is there in datasets only")],
    ["linkedservice", misplaced("linkedService() is there in linked services only")],
  ]);
}

const IN_TRIGGERS =
  "trigger() and triggerBody() are there in the parameters that a trigger gives only: give the pipeline a parameter";

const anything: Surrounding = { parameters: [0, 0], problem: () => undefined };

/** A function that is not there. */
export function misplaced(message: string): Surrounding {
  return { parameters: [0, Infinity], problem: (_name, _steps, at) => ({ message, at }) };
}

function constantNamed(check: (name: string, at: number) => FoundProblem | undefined): Surrounding {
  return { parameters: [1, 1], problem: (name, _, at) => (name === undefined ? undefined : check(name, at)) };
}

function pipelineProblem([first, second]: readonly Step[], names: PipelineNames): FoundProblem | undefined {
  if (first?.name === undefined) return undefined;
  if (isSameName(first.name, "parameters")) return undeclaredStep("parameter", second, names.parameters);
  if (isSameName(first.name, "globalParameters"))
    return undeclaredStep("global parameter", second, names.globalParameters);
  return undeclaredStep("system variable", first, SYSTEM_VARIABLES);
}

/** Reads a name that has to be declared, unless it may be missing. */
export function undeclaredStep(
  kind: string,
  step: Step | undefined,
  declared: readonly string[] | undefined,
): FoundProblem | undefined {
  if (step?.name === undefined || step.optional || declared === undefined) return undefined;
  const message = undeclared(kind, step.name, declared);
  return message === undefined ? undefined : { message, at: step.at };
}

function undeclared(kind: string, name: string, declared: readonly string[]): string | undefined {
  if (findName(declared, name) !== undefined) return undefined;
  return `there is no ${kind} "${name}", ${allowed(name, declared)}`;
}

function activityProblem(name: string, at: number, names: ActivityNames): FoundProblem | undefined {
  const { before, all } = names;
  const readable = before.map((activity) => activity.name);
  if (all === undefined || findName(readable, name) !== undefined) return undefined;
  if (findName(all, name) === undefined)
    return { message: `there is no activity "${name}", ${allowed(name, all)}`, at };
  const [inside] = before.flatMap((activity) => insideOf(activity)).filter(({ inner }) => isSameName(inner, name));
  if (inside !== undefined) {
    const message = insideProblem(name, inside.decider);
    return message === undefined ? undefined : { message, at, isWarning: true };
  }
  return {
    message: `activity "${name}" is not before this one, only what it depends on, or what holds it does, can be read: ${readable.join(", ") || "nothing"}`,
    at,
  };
}

/** An activity inside another one, and the container that decides whether it can be read from outside. */
interface Inside {
  readonly inner: string;
  readonly decider: Activity | undefined;
}

function insideOf(outer: Activity, outside?: Activity): readonly Inside[] {
  const { hidesInner, branches, inner } = outer.work;
  const own = hidesInner === true || branches !== undefined ? outer : undefined;
  const decider = hidesInner === true ? own : (outside ?? own);
  return inner.flatMap((activity) => [{ inner: activity.name, decider }, ...insideOf(activity, decider)]);
}

function insideProblem(name: string, decider: Activity | undefined): string | undefined {
  if (decider === undefined) return undefined;
  const where = `activity "${name}" is inside the ${decider.type} "${decider.name}"`;
  return decider.work.hidesInner === true
    ? `${where}, from outside it cannot be read`
    : `${where}, it can be read only where that branch is taken`;
}
