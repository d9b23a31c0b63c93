import type { Clock } from "../clock";
import { ExpressionError } from "../expressions/error";
import type { Scope } from "../expressions/evaluator";
import { timeFunctions } from "../expressions/functions/dates";
import { eager, text } from "../expressions/functions/function";
import { findName, type Json, type JsonObject } from "../json";
import type { RunIdentity } from "./events";
import type { ActivityRun } from "./run-history";
import type { Variables } from "./variables";

export interface RunScopeProps {
  readonly identity: RunIdentity;
  readonly start: Date;
  readonly clock: Clock;
  readonly factoryName: string;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly globalParameters: Readonly<Record<string, Json>>;
  readonly variables: Variables;
}

/** What expressions anywhere in a pipeline run can read: `pipeline()` and `variables()`, and the time. */
export function runScope(props: RunScopeProps): Scope {
  const { factoryName, globalParameters, identity, parameters, start, variables } = props;
  const { parent } = identity;
  const pipeline: JsonObject = {
    DataFactory: factoryName,
    Pipeline: identity.pipeline,
    RunId: identity.runId,
    GroupId: parent?.groupId ?? identity.runId,
    TriggerName: identity.invokedBy === "manual" ? "Manual" : identity.invokedBy,
    TriggerTime: start.toISOString(),
    ...(parent && { TriggeredByPipelineName: parent.pipeline, TriggeredByPipelineRunId: parent.runId }),
    parameters,
    globalParameters,
  };
  return new Map([
    ...timeFunctions(props.clock),
    ["pipeline", eager(0, 0, () => pipeline)],
    ["variables", eager(1, 1, (name) => variables.get(text(name)))],
  ]);
}

/** A scope that also reads activities that have ended. */
export function withActivities(scope: Scope, readable: () => readonly ActivityRun[]): Scope {
  return new Map([...scope, ["activity", eager(1, 1, (name) => activity(readable(), text(name)))]]);
}

function activity(readable: readonly ActivityRun[], name: string): JsonObject {
  const ended = readable.filter(({ status }) => status !== "Skipped");
  const names = ended.map((run) => run.name);
  const found = findName(names, name);
  const run = ended.find((candidate) => candidate.name === found);
  if (run === undefined)
    throw new ExpressionError(
      `activity "${name}" has not run before this one, these have: ${names.join(", ") || "none"}`,
    );
  if (run.isSecure && run.status === "Succeeded" && run.output === undefined)
    throw new ExpressionError(`activity "${run.name}" is secure: its output was not kept from the earlier run`);
  const { output, error, errorCode, failureType, target } = run;
  return {
    output: output ?? {},
    status: run.status,
    error:
      error === undefined
        ? {}
        : {
            message: error,
            errorCode: errorCode ?? "",
            failureType: failureType ?? "UserError",
            target: target ?? run.name,
          },
    executionStartTime: run.start,
    executionEndTime: run.end,
  };
}
