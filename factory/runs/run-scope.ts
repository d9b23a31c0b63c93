import type { Clock } from "../clock";
import { ExpressionError } from "../expressions/error";
import type { Scope } from "../expressions/evaluator";
import { timeFunctions } from "../expressions/functions/dates";
import { eager, text } from "../expressions/functions/function";
import { findName, type Json, type JsonObject } from "../json";
import type { RunIdentity } from "./events";
import { groupId, triggerName, triggerType } from "./identity";
import type { ActivityRun } from "./records";
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
  const { invocation, parent } = identity;
  const pipeline: JsonObject = {
    DataFactory: factoryName,
    Pipeline: identity.pipeline,
    RunId: identity.runId,
    GroupId: groupId(identity),
    TriggerType: triggerType(identity),
    TriggerId: invocation?.id ?? identity.runId,
    TriggerName: triggerName(identity),
    TriggerTime: invocation?.time ?? start.toISOString(),
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
export function withActivities(scope: Scope, runId: string, readable: () => readonly ActivityRun[]): Scope {
  const read = eager(1, 1, (name) => ({ ...activity(readable(), text(name)), pipelineRunId: runId }));
  return new Map([...scope, ["activity", read]]);
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");

/** As .NET writes a time span. */
function timeSpan(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const days = seconds >= 86_400 ? `${Math.floor(seconds / 86_400)}.` : "";
  const part = milliseconds % 1000 === 0 ? "" : `.${String(milliseconds % 1000).padStart(3, "0")}0000`;
  return `${days}${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}${part}`;
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
  const { id, output, error, errorCode, failureType, target } = run;
  return {
    output: output ?? {},
    status: run.status,
    activityRunId: id ?? "",
    error:
      error === undefined
        ? {}
        : {
            message: error,
            errorCode: errorCode ?? "",
            failureType: failureType ?? "UserError",
            target: target ?? run.name,
            details: [],
          },
    executionStartTime: run.start,
    executionEndTime: run.end,
    duration: timeSpan(Date.parse(run.end) - Date.parse(run.start)),
  };
}
