import { z } from "zod";
import { findName } from "../json";
import type { Problem } from "../problem";

/** One resource of a factory as JSON, and the file that it was read from. */
export interface Part {
  readonly json: unknown;
  readonly file?: string;
  /** What of it could not be read, where that matters only to what refers to it. */
  readonly problem?: string;
}

/** A factory before anything of it is checked. */
export interface FactoryParts {
  readonly name: string;
  readonly globalParameters: GlobalParameters;
  readonly pipelines: readonly Part[];
  readonly triggers: readonly Part[];
  readonly datasets: readonly Part[];
  readonly linkedServices: readonly Part[];
  /** What pipelines may refer to, by the type of the reference. References of another type are not looked up. */
  readonly referable: ReadonlyMap<string, readonly string[]>;
  /** What could not be read. */
  readonly problems: readonly Problem[];
  /** What was read otherwise than it may be meant. */
  readonly warnings: readonly Problem[];
}

/** The global parameters as JSON. */
export interface GlobalParameters extends Part {
  /** False: what was read leaves the factory itself out, which has them. */
  readonly isComplete?: boolean;
}

/** The name in a part's JSON, where it has one. */
export function nameOf({ json }: Part): string | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const property = findName(Object.keys(json), "name");
  const name: unknown = Object.entries(json).find(([key]) => key === property)?.[1];
  return typeof name === "string" ? name : undefined;
}

/** The factory with one pipeline, those that it executes, and no trigger: what a run of it can reach. */
export function partsOfRun(parts: FactoryParts, pipeline: string): FactoryParts {
  const byName = new Map(parts.pipelines.flatMap((part) => [[nameOf(part) ?? "", part] as const]));
  const found = new Set<Part>();
  const follow = (name: string): void => {
    const part = byName.get(findName(byName.keys(), name) ?? "");
    if (part === undefined || found.has(part)) return;
    found.add(part);
    executed(part.json).forEach(follow);
  };
  follow(pipeline);
  return found.size === 0 ? parts : { ...parts, pipelines: [...found], triggers: [] };
}

const execution = z.looseObject({
  type: z.string().regex(/^ExecutePipeline$/i),
  typeProperties: z.looseObject({ pipeline: z.looseObject({ referenceName: z.string() }) }),
});

/** Names of the pipelines that activities in a value execute, however deep. Those that are inactive execute none. */
function executed(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null || isInactive(value)) return [];
  const own = execution.safeParse(value).data?.typeProperties.pipeline.referenceName;
  const inside = Object.values(value).flatMap(executed);
  return own === undefined ? inside : [own, ...inside];
}

const isInactive = (value: object): boolean => "state" in value && value.state === "Inactive" && "type" in value;
