import type { ActivityRun } from "adf-local";
import { type Exit, notebookActivity } from "./pipeline-runs";

/** What the notebook of an activity exited with on this machine; only the error of the first activity that failed, where there is one. */
export function localExit(activities: readonly ActivityRun[], activity: string): Exit {
  const failed = activities.find(({ error }) => error !== undefined);
  if (failed !== undefined) return { error: `${failed.name}: ${failed.error}` };
  const asked = activities.find(({ name }) => name === activity);
  const { data: input } = notebookActivity.safeParse(asked?.input);
  return { exit: asked?.output?.["runOutput"], ...(input && { notebook: input.notebookPath }) };
}
