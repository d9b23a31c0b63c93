import type { z } from "zod";
import { literals } from "../datasets/literals";
import { findName, type Json, typeName } from "../json";
import { allowed, type Problem } from "../problem";
import type { pipelineSource } from "../source";
import type { Activity } from "./activities/activity";
import { withInner } from "./activities/load";

/** The types of variables, in the engine's words for values. */
export type VariableType = "String" | "Boolean" | "Integer" | "Array";

/** A variable that a pipeline declares. */
export interface Declaration {
  readonly name: string;
  readonly type: VariableType;
  /** May hold expressions, which are evaluated when a run begins. */
  readonly defaultValue: Json;
}

/** Both the service's JSON and its user interface have their own words. */
const TYPES: ReadonlyMap<string, VariableType> = new Map([
  ["string", "String"],
  ["bool", "Boolean"],
  ["boolean", "Boolean"],
  ["int", "Integer"],
  ["integer", "Integer"],
  ["array", "Array"],
]);

/** What a variable holds before it is set: never null, in the service. */
export const EMPTY: Readonly<Record<VariableType, Json>> = { String: "", Boolean: false, Integer: 0, Array: [] };

/** Reads the variables of a pipeline; what is wrong with them goes to `problems`. */
export function readVariables(
  variables: z.output<typeof pipelineSource>["properties"]["variables"],
  problems: Problem[],
): readonly Declaration[] {
  return Object.entries(variables).flatMap(([name, { type: written, defaultValue = null }]) => {
    const type = TYPES.get(written.toLowerCase());
    if (type === undefined) {
      problems.push({
        property: `variables.${name}`,
        message: `its type is "${written}", allowed are String, Boolean, Integer, Array`,
      });
      return [];
    }
    if (defaultValue !== null && literals(defaultValue) !== undefined && typeName(defaultValue) !== type)
      problems.push({
        property: `variables.${name}.defaultValue`,
        message: `a variable of type "${type}" cannot have a default of type "${typeName(defaultValue)}"`,
      });
    return [{ name, type, defaultValue: defaultValue ?? EMPTY[type] }];
  });
}

const property = "typeProperties.variableName";

/** What is wrong with how activities name variables. `declared` is what the pipeline has. */
export function variableProblems(
  activities: readonly Activity[],
  declared: readonly Declaration[],
): readonly Problem[] {
  const names = declared.map(({ name }) => name);
  return activities.flatMap(withInner).flatMap(({ name: activity, type, work, inactive }) => {
    const { variable } = work;
    if (variable === undefined || inactive !== undefined) return [];
    const found = declared.find((candidate) => candidate.name === findName(names, variable));
    if (found === undefined)
      return [{ activity, property, message: `there is no variable "${variable}", ${allowed(variable, names)}` }];
    return type === "AppendVariable" && found.type !== "Array"
      ? [{ activity, property, message: `"${variable}" is of type "${found.type}", only arrays can be appended to` }]
      : [];
  });
}
