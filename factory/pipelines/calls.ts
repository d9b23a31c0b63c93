import { findName } from "../json";
import { ExecutePipeline } from "./activities/execute-pipeline";
import { withInner } from "./activities/load";
import type { Pipeline } from "./pipeline";

/** What is wrong with how pipelines call each other: names that do not exist, or exist twice. `known` are the names of all. */
export function callProblems(pipelines: readonly Pipeline[], known: readonly string[]): readonly string[] {
  const twice = known.filter((name, index) => findName(known.slice(0, index), name) !== undefined);
  const missing = pipelines.flatMap(({ name, activities }) =>
    activities.flatMap(withInner).flatMap((activity) => {
      const { work } = activity;
      return work instanceof ExecutePipeline && findName(known, work.pipeline) === undefined
        ? [`pipeline "${name}": activity "${activity.name}" executes pipeline "${work.pipeline}", which does not exist`]
        : [];
    }),
  );
  return [...twice.map((name) => `pipeline "${name}" exists twice`), ...missing];
}
