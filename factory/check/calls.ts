import { findName } from "../json";
import type { Activity } from "../pipelines/activities/activity";
import { ExecutePipeline } from "../pipelines/activities/execute-pipeline";
import { mismatches, missingParameters, type Pipeline, undeclared } from "../pipelines/pipeline";
import { allowed, type Found, type Problem } from "../problem";
import { circles } from "./circles";
import { constantOf } from "./properties";

interface Call {
  readonly activity: string;
  readonly work: ExecutePipeline;
}

/** The calls of other pipelines that a run can reach: not those in something inactive. */
function callsOf(activities: readonly Activity[]): readonly Call[] {
  return activities
    .filter(({ inactive }) => inactive === undefined)
    .flatMap(({ name, work }) => [
      ...(work instanceof ExecutePipeline ? [{ activity: name, work }] : []),
      ...callsOf(work.inner),
    ]);
}

/** What is wrong with how a pipeline calls others. `names` are those of all pipelines, `pipelines` those that load. */
export function callProblems(
  { activities }: Pipeline,
  names: readonly string[],
  pipelines: readonly Pipeline[],
): Found {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const { activity, work } of callsOf(activities)) {
    const found = findName(names, work.pipeline);
    if (found === undefined)
      problems.push({
        activity,
        property: "typeProperties.pipeline",
        message: `there is no pipeline "${work.pipeline}", ${allowed(work.pipeline, names)}`,
      });
    const called = pipelines.find(({ name }) => name === found);
    if (called === undefined) continue;
    const place = { activity, property: "typeProperties.parameters" };
    const given = Object.entries(work.parameters).map(([name, value]) => [name, constantOf(value)] as const);
    const told = (message: string): Problem => ({ ...place, message: `of pipeline "${called.name}": ${message}` });
    problems.push(...mismatches(called, Object.fromEntries(given)).map(told));
    // The service publishes both: what is not declared is left out, what is not given is null.
    warnings.push(...undeclared(called, work.parameters).map(told));
    const missing = missingParameters(called, work.parameters);
    if (missing !== undefined) warnings.push(told(missing));
  }
  return { problems, warnings };
}

/** Pipelines that execute each other: where all wait no run of them ends, else there is always a further one. */
export function circleProblems(pipelines: readonly Pipeline[]): Found {
  const next = (isWanted: (work: ExecutePipeline) => boolean) => {
    const called = new Map(
      pipelines.map(({ name, activities }) => [
        name,
        callsOf(activities).flatMap(({ work }) => (isWanted(work) ? [work.pipeline] : [])),
      ]),
    );
    return circles([...called.keys()], (name) => called.get(name) ?? []).map((circle) => circle.join(" > "));
  };
  const waiting = next(({ isWaiting }) => isWaiting);
  const others = next(() => true).filter((circle) => !waiting.includes(circle));
  return {
    problems: waiting.map((circle) => ({ message: `pipelines execute each other and wait for it: ${circle}` })),
    warnings: others.map((circle) => ({ message: `pipelines execute each other again and again: ${circle}` })),
  };
}
