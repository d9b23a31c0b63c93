import { FactoryError } from "../factory-error";
import type { FactoryDefinition } from "../load";
import type { Activity } from "../pipelines/activities/activity";
import { withInner } from "../pipelines/activities/load";
import type { ActivityRun, PipelineRun } from "./records";

/** A run that starts anew at one of its activities. */
export interface Rerun {
  readonly run: PipelineRun;
  /** The activities before that one, by name: they are not run again, their outputs are those of the earlier run. */
  readonly kept: ReadonlyMap<string, ActivityRun>;
}

/** What ran inside an activity in the run that goes on, the last time first. */
export function insideOf({ work }: Activity, rerun: Rerun | undefined): readonly ActivityRun[] {
  const names = new Set(work.inner.flatMap(withInner).map(({ name }) => name));
  return (rerun?.run.activities ?? []).filter(({ name }) => names.has(name)).reverse();
}

/** All that a rerun does not run again, what a loop did included. */
export function keptOf({ run, kept }: Rerun): readonly ActivityRun[] {
  return run.activities.filter(({ name, attempts, kept: before }) => kept.has(name) && (attempts > 0 || before));
}

/** The last run that has an activity, to start anew there. Throws a `FactoryError` where there is none, or what precedes has not succeeded. */
export function planRerun({ pipelines }: FactoryDefinition, runs: readonly PipelineRun[], from: string): Rerun {
  const run = [...runs].reverse().find(({ activities }) => activities.some(({ name }) => name === from));
  const pipeline = pipelines.find(({ name }) => name === run?.pipeline);
  if (run === undefined || pipeline === undefined) {
    const known = new Set(runs.flatMap(({ activities }) => activities.map(({ name }) => name)));
    throw new FactoryError(`no run that ended has the activity ${from}, there are: ${[...known].join(", ") || "none"}`);
  }
  if (run.hasSecureParameters)
    throw new FactoryError(`the last run of ${run.pipeline} had secure parameters, which are not kept: run it anew`);
  const again = restarted(pipeline.activities, from);
  const open = before(pipeline.activities, again).find((name) => !hasSucceeded(run, name));
  if (open !== undefined)
    throw new FactoryError(`before ${from}, ${open} has not succeeded in the last run of ${run.pipeline}: start there`);
  const kept = run.activities.filter(({ name, status }) => !again.has(name) && status === "Succeeded");
  const works = new Map(pipeline.activities.flatMap(withInner).map(({ name, work }) => [name, work]));
  const secret = kept.find(({ name, isSecure }) => isSecure && works.get(name)?.restore !== undefined);
  if (secret !== undefined)
    throw new FactoryError(
      `before ${from}, ${secret.name} set a variable to a secure value, which is not kept: start there`,
    );
  return { run, kept: new Map(kept.map((activity) => [activity.name, activity])) };
}

/** An activity, what depends on it and what they hold, and whatever holds it: all that starting there runs. */
function restarted(activities: readonly Activity[], from: string): ReadonlySet<string> {
  const again = new Set<string>();
  const start = activities.find((activity) => namesIn(activity).includes(from));
  if (start === undefined) return again;
  again.add(start.name);
  // A loop has its activities more than once: it starts anew as a whole.
  for (const name of start.name === from || start.work.isLoop ? namesIn(start) : restarted(start.work.inner, from))
    again.add(name);
  for (let size = 0; size !== again.size;) {
    size = again.size;
    for (const activity of activities)
      if (activity.dependsOn.some((dependency) => again.has(dependency.activity)))
        namesIn(activity).forEach((name) => again.add(name));
  }
  return again;
}

/** The activities beside those that are restarted, at every level that has one. */
function before(activities: readonly Activity[], again: ReadonlySet<string>): readonly string[] {
  if (!activities.some(({ name }) => again.has(name))) return [];
  return activities.flatMap(({ name, work }) => (again.has(name) ? before(work.inner, again) : [name]));
}

function namesIn(activity: Activity): readonly string[] {
  return withInner(activity).map(({ name }) => name);
}

function hasSucceeded({ activities }: PipelineRun, wanted: string): boolean {
  return activities.some(({ name, status }) => name === wanted && status === "Succeeded");
}
