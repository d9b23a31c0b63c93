import type { Activity } from "../pipelines/activities/activity";
import { withInner } from "../pipelines/activities/load";
import type { Pipeline } from "../pipelines/pipeline";
import type { Found, Problem } from "../problem";
import { expressionProblems } from "./expression";
import { textsOf } from "./properties";
import { activitySurroundings, type PipelineNames } from "./surroundings";

/** What activities can read where they stand. */
interface Place {
  readonly before: readonly Activity[];
  readonly hasItem: boolean;
}

/**
 * What is wrong with the expressions of a pipeline, before any is evaluated. What is inactive, and what that holds, is passed over, as in the
 * service. `globalParameters` are the factory's; `undefined` where they are not part of what was loaded. Where activities could not be read,
 * `isWhole` is false, and nothing is said of the names of activities.
 */
export function pipelineProblems(
  pipeline: Pipeline,
  globalParameters: readonly string[] | undefined,
  isWhole: boolean,
): Found {
  const names: PipelineNames = {
    parameters: pipeline.parameters.map(({ name }) => name),
    variables: pipeline.variables.map(({ name }) => name),
    globalParameters,
  };
  const all = isWhole ? pipeline.activities.flatMap(withInner).map(({ name }) => name) : undefined;
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const visit = (activities: readonly Activity[], place: Place): void => {
    const beside = new Map(activities.map((activity) => [activity.name, activity]));
    for (const activity of activities) {
      if (activity.inactive !== undefined) continue;
      const { name, type, work } = activity;
      const before = [...upstream(activity, beside), ...place.before];
      const surroundings = (more: readonly Activity[], hasItem: boolean) =>
        activitySurroundings(names, { before: [...more, ...before], all, hasItem: hasItem || place.hasItem });
      const own = surroundings([], false);
      const later = CONDITIONS.has(type) ? surroundings(type === "Until" ? work.inner : [], type === "Filter") : own;
      for (const { property, text } of textsOf(activity.expressions, "")) {
        const found = expressionProblems(text, property === CONDITIONS.get(type) ? later : own);
        for (const { isWarning, ...problem } of found)
          (isWarning ? warnings : problems).push({ activity: name, property, ...problem });
      }
      visit(work.inner, { before, hasItem: place.hasItem || type === "ForEach" });
    }
  };
  const inDefaults = activitySurroundings(names, { before: [], all, hasItem: false });
  for (const { name, defaultValue } of pipeline.variables)
    for (const { property, text } of textsOf(defaultValue, `variables.${name}.defaultValue`))
      problems.push(...expressionProblems(text, inDefaults).map((found) => ({ property, ...found })));
  visit(pipeline.activities, { before: [], hasItem: false });
  return { problems, warnings };
}

/** The property that an activity evaluates after its inner activities, or for each item. */
const CONDITIONS: ReadonlyMap<string, string> = new Map([
  ["Until", "typeProperties.expression"],
  ["Filter", "typeProperties.condition"],
]);

/** The activities that one depends on, also through others. */
function upstream(activity: Activity, beside: ReadonlyMap<string, Activity>): ReadonlySet<Activity> {
  const found = new Set<Activity>();
  const follow = ({ dependsOn }: Activity): void => {
    for (const dependency of dependsOn) {
      const before = beside.get(dependency.activity);
      if (before === undefined || found.has(before)) continue;
      found.add(before);
      follow(before);
    }
  };
  follow(activity);
  return found;
}
