import { isDeepStrictEqual } from "node:util";
import { z } from "zod";

export type Properties = Readonly<Record<string, unknown>>;

const activity = z.looseObject({
  name: z.string(),
  type: z.string(),
  typeProperties: z.record(z.string(), z.unknown()).default({}),
});

const activities = z.array(activity);

type Activity = z.infer<typeof activity>;

/** Lists of activities that an activity may hold. */
const NESTED = ["ifTrueActivities", "ifFalseActivities"];

/** What changes in a Data Factory pipeline, a line for each activity that comes, goes or changes, and for each other property. */
export function pipelineChanges(before: Properties | null, after: Properties): readonly string[] {
  const [was, is] = [activitiesOf(before ?? {}), activitiesOf(after)];
  const lines = [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
    const [old, now] = [was.get(name), is.get(name)];
    if (now === undefined) return [`− activity \`${name}\` (${old?.type})`];
    if (old === undefined) return [`+ activity \`${name}\` (${now.type})`];
    return differences(old, now).map((difference) => `~ activity \`${name}\`: ${difference}`);
  });
  // All of a new pipeline is new: its activities say what it is.
  const others = before ? differences(withoutActivities(before), withoutActivities(after)) : [];
  const told = [...lines, ...others.map((difference) => `~ ${difference}`)];
  return told.length > 0 ? told : ["runs the notebooks of another release"];
}

/** By their names, which are unique in a pipeline, those inside others too. */
function activitiesOf({ activities_json }: Properties): ReadonlyMap<string, Activity> {
  if (typeof activities_json !== "string") return new Map();
  const all = activities.parse(JSON.parse(activities_json)).flatMap(flattened);
  return new Map(all.map((one) => [one.name, one]));
}

/** An activity as it is compared: what it holds stands beside it, and a notebook is known by its name, not by the folder of its release. */
function flattened({ typeProperties, ...rest }: Activity): readonly Activity[] {
  const inside = NESTED.flatMap((list) => activities.parse(typeProperties[list] ?? []));
  const own = Object.entries(typeProperties)
    .filter(([name]) => !NESTED.includes(name))
    .map(([name, value]) => [name, name === "notebookPath" ? String(value).split("/").at(-1) : value] as const);
  return [{ ...rest, typeProperties: Object.fromEntries(own) }, ...inside.flatMap(flattened)];
}

function withoutActivities(pipeline: Properties): Properties {
  return Object.fromEntries(Object.entries(pipeline).filter(([name]) => name !== "activities_json"));
}

/** The values that differ, by their path; lists are compared as they are. */
function differences(before: unknown, after: unknown, path = ""): readonly string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [`${path} ${show(before)} → ${show(after)}`];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
    differences(before[name], after[name], path === "" ? name : `${path}.${name}`),
  );
}

const isObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const LONGEST = 120;

function show(value: unknown): string {
  if (value === undefined) return "none";
  const text = JSON.stringify(value);
  return `\`${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}\``;
}
