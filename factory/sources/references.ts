import { z } from "zod";
import { findName } from "../json";

const reference = z.object({ referenceName: z.string(), type: z.string() });

/** What a pipeline's JSON refers to that does not exist, among the kinds that are known. What is an expression is left alone. */
export function missingReferences(json: unknown, known: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const missing = referencesIn(json).filter(({ referenceName, type }) => {
    const names = known.get(type);
    return names !== undefined && !referenceName.startsWith("@") && findName(names, referenceName) === undefined;
  });
  return [
    ...new Set(missing.map(({ referenceName, type }) => `refers to ${type} "${referenceName}", which does not exist`)),
  ];
}

function referencesIn(json: unknown): readonly z.output<typeof reference>[] {
  if (typeof json !== "object" || json === null) return [];
  const own = "referenceName" in json ? reference.safeParse(json).data : undefined;
  const inside = Object.values(json).flatMap(referencesIn);
  return own === undefined ? inside : [own, ...inside];
}
