import type { Clock } from "../clock";
import { ExpressionError } from "../expressions/error";
import type { Scope } from "../expressions/evaluator";
import { timeFunctions } from "../expressions/functions/dates";
import { eager, text } from "../expressions/functions/function";
import { findName, type Json, type JsonObject } from "../json";
import type { RunIdentity } from "./events";
import type { ActivityRun } from "./run-history";

export interface RunScopeProps {
  readonly identity: RunIdentity;
  readonly start: Date;
  readonly clock: Clock;
  readonly factoryName: string;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly globalParameters: Readonly<Record<string, Json>>;
  readonly variables: Variables;
  /** The activity runs that have ended so far. */
  readonly ended: () => readonly ActivityRun[];
}

/** What expressions inside a pipeline run can read: `pipeline()`, `activity()` and `variables()`. */
export function runScope(props: RunScopeProps): Scope {
  const { factoryName, globalParameters, identity, parameters, start, variables } = props;
  const pipeline: JsonObject = {
    DataFactory: factoryName,
    Pipeline: identity.pipeline,
    RunId: identity.runId,
    GroupId: identity.runId,
    TriggerName: identity.invokedBy === "manual" ? "Manual" : identity.invokedBy,
    TriggerTime: start.toISOString(),
    parameters,
    globalParameters,
  };
  return new Map([
    ...timeFunctions(props.clock),
    ["pipeline", eager(0, 0, () => pipeline)],
    ["activity", eager(1, 1, (name) => activity(props.ended(), text(name)))],
    ["variables", eager(1, 1, (name) => variables.get(text(name)))],
  ]);
}

function activity(runs: readonly ActivityRun[], name: string): JsonObject {
  const ended = runs.filter(({ status }) => status !== "Skipped");
  const names = ended.map((run) => run.name);
  const run = ended.find((candidate) => candidate.name === findName(names, name));
  if (run === undefined)
    throw new ExpressionError(`activity "${name}" has not run, these have: ${names.join(", ") || "none"}`);
  const { output, error } = run;
  return {
    output: output ?? {},
    status: run.status,
    error: error === undefined ? {} : { message: error },
    executionStartTime: run.start,
    executionEndTime: run.end,
  };
}

/** The variables of one pipeline run. */
export class Variables {
  private readonly values: Map<string, Json>;

  constructor(defaults: Readonly<Record<string, Json>>) {
    this.values = new Map(Object.entries(defaults));
  }

  get(name: string): Json {
    return this.values.get(this.find(name)) ?? null;
  }

  set(name: string, value: Json): void {
    this.values.set(this.find(name), value);
  }

  private find(name: string): string {
    const found = findName(this.values.keys(), name);
    if (found !== undefined) return found;
    const known = [...this.values.keys()].join(", ") || "none";
    throw new ExpressionError(`unknown variable "${name}", the pipeline has: ${known}`);
  }
}
