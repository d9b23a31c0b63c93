import { allowed, type Problem } from "../problem";
import type { ActivityStatus } from "../runs/records";

export type DependencyCondition = "Succeeded" | "Failed" | "Skipped" | "Completed";

/** One entry of `dependsOn`. */
export interface Dependency {
  readonly activity: string;
  readonly dependencyConditions: readonly DependencyCondition[];
}

export interface Dependent {
  readonly name: string;
  readonly dependsOn: readonly Dependency[];
}

/** Entries are AND, the conditions within one entry are OR. */
export function isMet(dependsOn: readonly Dependency[], statusOf: (activity: string) => ActivityStatus): boolean {
  return dependsOn.every(({ activity, dependencyConditions }) =>
    dependencyConditions.some((condition) => matches(condition, statusOf(activity))),
  );
}

function matches(condition: DependencyCondition, status: ActivityStatus): boolean {
  if (condition === "Completed") return status === "Succeeded" || status === "Failed";
  return condition === status;
}

/** The activities that decide the result: the leaves, and in place of a skipped leaf whatever it depended on. */
export function decisive<T extends Dependent>(
  activities: readonly T[],
  statusOf: (activity: string) => ActivityStatus,
): readonly T[] {
  const byName = new Map(activities.map((activity) => [activity.name, activity]));
  const parents = new Set(activities.flatMap(({ dependsOn }) => dependsOn.map(({ activity }) => activity)));
  const found = new Set<T>();
  const evaluate = (activity: T): void => {
    if (statusOf(activity.name) !== "Skipped") found.add(activity);
    else activity.dependsOn.forEach((dependency) => evaluate(byName.get(dependency.activity)!));
  };
  activities.filter(({ name }) => !parents.has(name)).forEach(evaluate);
  return [...found];
}

/** What is wrong with a graph of activities: unknown and cyclic dependencies. */
export function graphProblems(activities: readonly Dependent[]): readonly Problem[] {
  const names = activities.map(({ name }) => name);
  const unknown = activities.flatMap(({ name, dependsOn }) =>
    dependsOn
      .filter(({ activity }) => !names.includes(activity))
      .map(({ activity }) => ({
        activity: name,
        property: "dependsOn",
        message: `there is no activity "${activity}" beside it, ${allowed(activity, names)}`,
      })),
  );
  return unknown.length > 0 ? unknown : cycle(activities);
}

function cycle(activities: readonly Dependent[]): readonly Problem[] {
  const done = new Set<string>();
  let left = activities;
  for (;;) {
    const ready = left.filter(({ dependsOn }) => dependsOn.every(({ activity }) => done.has(activity)));
    if (ready.length === 0) break;
    ready.forEach(({ name }) => done.add(name));
    left = left.filter(({ name }) => !done.has(name));
  }
  if (left.length === 0) return [];
  const names = left.map(({ name }) => `"${name}"`).join(", ");
  return [{ message: `activities depend on each other in a circle: ${names}` }];
}
