import { systemClock } from "../clock";
import type { Activity } from "../pipelines/activities/activity";
import { DatabricksNotebook, type NotebookCall } from "../pipelines/activities/databricks-notebook";
import { ExpressionError } from "../expressions/error";
import { FactoryError } from "../factory-error";
import type { Json } from "../json";
import type { FactoryDefinition } from "../load";
import type { Pipeline } from "../pipelines/pipeline";
import { runScope, withActivities } from "./run-scope";
import { Variables } from "./variables";
import type { ActivityRun, PipelineRun } from "./records";

/** What a notebook of the pipelines was run with the last time. */
export interface LastCall extends NotebookCall {
  readonly activity: string;
  readonly run: PipelineRun;
}

export interface LastCallProps {
  /** Of the notebook's activity, or of its file. */
  readonly name: string;
  readonly definition: FactoryDefinition;
  /** The runs that ended, in order. */
  readonly runs: readonly PipelineRun[];
  /** Values in the place of the definition's. Default: none. */
  readonly globalParameters?: Readonly<Record<string, Json>>;
}

/** What the notebooks of pipelines are called: by their activities and by their files. */
export function notebookNames({ pipelines }: Pick<FactoryDefinition, "pipelines">): readonly string[] {
  return [...new Set(pipelines.flatMap(calls).flatMap(namesOf))];
}

/**
 * The call that the last run of a notebook made, as its activity is synthesized now; outputs of activities before it are those of that run.
 * Throws a `FactoryError` where it has never run, or reads what that run did not leave.
 */
export function lastCall({ name, definition, runs, globalParameters }: LastCallProps): LastCall {
  const made = [...runs].reverse().flatMap((run) => callsOf(run, definition.pipelines));
  const last = made.find(({ call }) => namesOf(call).includes(name));
  if (last === undefined) {
    const known = [...new Set(made.flatMap(({ call }) => namesOf(call)))].sort();
    throw new FactoryError(
      `notebook "${name}" has not run yet, of the pipelines' these have: ${known.join(", ") || "none"}`,
    );
  }
  const { call, pipeline, run, activityRun } = last;
  const before = run.activities.slice(0, run.activities.indexOf(activityRun));
  const ended = before.filter(({ end }) => end <= activityRun.start);
  try {
    const base = runScope({
      identity: run,
      start: new Date(run.start),
      clock: systemClock,
      factoryName: definition.name,
      parameters: pipeline.valuesOf(run.parameters),
      globalParameters: { ...definition.globalParameters, ...globalParameters },
      variables: variablesAfter(ended, pipeline),
    });
    const scope = withActivities(base, run.runId, () => ended);
    return { ...call.work.call(scope), activity: call.activity, run };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new FactoryError(`activity "${call.activity}", after the last run of ${run.pipeline}: ${error.message}`);
  }
}

interface Call {
  readonly activity: string;
  readonly work: DatabricksNotebook;
}

/** The notebook activities of a pipeline, at every level. */
function calls({ activities }: Pipeline): readonly Call[] {
  const within = ({ name, work }: Activity): readonly Call[] => [
    ...(work instanceof DatabricksNotebook ? [{ activity: name, work }] : []),
    ...work.inner.flatMap(within),
  ];
  return activities.flatMap(within);
}

function namesOf({ activity, work }: Call): readonly string[] {
  return work.file === undefined ? [activity] : [activity, work.file];
}

/** The notebooks that a run did run, the last first: not those that it skipped, or kept from an earlier one. */
function callsOf(run: PipelineRun, pipelines: readonly Pipeline[]) {
  const pipeline = pipelines.find(({ name }) => name === run.pipeline);
  if (pipeline === undefined) return [];
  const known = calls(pipeline);
  return [...run.activities].reverse().flatMap((activityRun) => {
    const call = known.find(({ activity }) => activity === activityRun.name);
    return call === undefined || activityRun.attempts === 0 ? [] : [{ call, pipeline, run, activityRun }];
  });
}

/** The variables as the activities that set them left them. */
function variablesAfter(ended: readonly ActivityRun[], pipeline: Pipeline): Variables {
  const variables = new Variables(pipeline.variables);
  variables.restore(ended, pipeline);
  return variables;
}
