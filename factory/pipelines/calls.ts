import { findName } from "../json";
import { ExecutePipeline } from "./activities/execute-pipeline";
import { withInner } from "./activities/load";
import type { Pipeline } from "./pipeline";

/** The calls of pipelines that do not exist; `known` are the names of all that do. */
export function callProblems(pipelines: readonly Pipeline[], known: readonly string[]): readonly string[] {
  return pipelines.flatMap(({ name, activities }) =>
    activities.flatMap(withInner).flatMap((activity) => {
      const { work } = activity;
      return work instanceof ExecutePipeline && findName(known, work.pipeline) === undefined
        ? [`pipeline "${name}": activity "${activity.name}" executes pipeline "${work.pipeline}", which does not exist`]
        : [];
    }),
  );
}
