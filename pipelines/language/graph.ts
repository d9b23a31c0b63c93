import { scopesOf, withNested, type Activity } from "./activity";
import type { Expression } from "./expression";

/** Names that the service refuses, or takes for one another: it ignores case. */
export function nameProblems(activities: readonly Activity[]): readonly string[] {
  const names = activities.flatMap(withNested).map(({ name }) => name);
  return [
    ...names
      .filter((name) => !/^\w[^.+?/<>*%&:\\]{0,54}$/.test(name))
      .map(
        (name) =>
          `activity "${name}"; allowed: 1 to 55 characters, a letter, digit or _ first, no . + ? / < > * % & : \\`,
      ),
    ...names
      .filter((name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < index)
      .map((name) => `activity "${name}" is there twice; names are unique in the pipeline, whatever their case`),
  ];
}

/** Dependencies on what is not beside an activity, and activities that wait for each other. */
export function dependencyProblems(scope: readonly Activity[]): readonly string[] {
  const names = scope.map(({ name }) => name);
  const unknown = scope.flatMap((activity) =>
    dependenciesOf(activity)
      .filter((dependency) => !names.includes(dependency))
      .map((dependency) => `${activity.name}: dependsOn "${dependency}"; beside it are ${names.join(", ")}`),
  );
  const inCycle = new Set<string>();
  const cycles = scope.flatMap(({ name }) => {
    const cycle = inCycle.has(name) ? undefined : pathBetween(name, name, scope);
    cycle?.forEach((member) => inCycle.add(member));
    return cycle ? [`activities wait for each other: ${cycle.join(" -> ")}`] : [];
  });
  return [...unknown, ...cycles, ...scope.flatMap(scopesOf).flatMap(dependencyProblems)];
}

/** Loops inside another activity, which the service does not take. */
export function nestingProblems(activities: readonly Activity[]): readonly string[] {
  return activities.flatMap((outer) =>
    scopesOf(outer)
      .flat()
      .flatMap(withNested)
      .filter(({ type }) => type === "ForEach")
      .map(({ name }) => `${name}: a ForEach inside ${outer.name}; put it into a pipeline of its own`),
  );
}

/** Expressions that read what does not exist, or does not exist yet when the activity runs. */
export function referenceProblems(
  scope: readonly Activity[],
  known: { readonly parameters: readonly string[]; readonly globalParameters: readonly string[] },
  outer: readonly string[] = [],
): readonly string[] {
  return scope.flatMap((activity) => {
    const upstream = [...outer, ...upstreamOf(activity, scope)];
    const readable = {
      activity: { title: "activity", names: upstream, reach: "upstream of it" },
      parameter: { title: "parameter", names: known.parameters, reach: "known" },
      globalParameter: { title: "global parameter", names: known.globalParameters, reach: "known" },
    };
    const problems = expressionsOf(activity)
      .flatMap(({ references }) => references)
      .filter(({ kind, name }) => !readable[kind].names.includes(name))
      .map(({ kind, name }) => {
        const { title, names, reach } = readable[kind];
        return `${activity.name}: reads ${title} "${name}"; ${reach}: ${names.join(", ") || "none"}`;
      });
    return [...problems, ...scopesOf(activity).flatMap((nested) => referenceProblems(nested, known, upstream))];
  });
}

function expressionsOf(activity: Activity): readonly Expression[] {
  switch (activity.type) {
    case "DatabricksNotebook":
      return Object.values(activity.baseParameters).filter((value) => typeof value !== "string");
    case "IfCondition":
      return [activity.expression];
    case "ForEach":
      return [activity.items];
    case "WebActivity":
      return [activity.url, activity.body].filter((value) => typeof value !== "string");
    case "ExecutePipeline":
      return Object.values(activity.parameters ?? {});
    case "Wait":
      return [];
  }
}

const dependenciesOf = (activity: Activity) => Object.keys(activity.dependsOn ?? {});

function upstreamOf(activity: Activity, scope: readonly Activity[]): readonly string[] {
  return scope.map(({ name }) => name).filter((name) => pathBetween(activity.name, name, scope));
}

/** Activities from one to the next that it depends on, both ends included; at least one step. */
function pathBetween(
  from: string,
  to: string,
  scope: readonly Activity[],
  seen = new Set<string>(),
): readonly string[] | undefined {
  const activity = scope.find(({ name }) => name === from);
  for (const next of activity ? dependenciesOf(activity) : []) {
    if (next === to) return [from, to];
    if (seen.has(next)) continue;
    seen.add(next);
    const rest = pathBetween(next, to, scope, seen);
    if (rest) return [from, ...rest];
  }
  return undefined;
}
