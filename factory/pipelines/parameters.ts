import type { z } from "zod";
import { asText, isArray, isObject, type Json, parseJson, typeName } from "../json";
import type { Problem } from "../problem";
import type { pipelineSource } from "../source";

/** The types of a pipeline's parameters, in the words of the service. */
export type ParameterType = "String" | "SecureString" | "Int" | "Float" | "Bool" | "Array" | "Object";

/** A parameter that a pipeline declares. */
export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  /** Absent where every run has to give it. */
  readonly defaultValue?: Json;
}

/** The service also reads the words that variables have for the same types. */
const TYPES: ReadonlyMap<string, ParameterType> = new Map([
  ["string", "String"],
  ["securestring", "SecureString"],
  ["int", "Int"],
  ["integer", "Int"],
  ["float", "Float"],
  ["bool", "Bool"],
  ["boolean", "Bool"],
  ["array", "Array"],
  ["object", "Object"],
]);

/** Reads the parameters of a pipeline; what is wrong with them goes to `problems`. */
export function readParameters(
  declared: z.output<typeof pipelineSource>["properties"]["parameters"],
  problems: Problem[],
): readonly Parameter[] {
  return Object.entries(declared).map(([name, { type: written, defaultValue }]) => {
    const type = TYPES.get(written.toLowerCase());
    const property = `parameters.${name}`;
    if (type === undefined)
      problems.push({
        property,
        message: `its type is "${written}", allowed are String, SecureString, Int, Float, Bool, Array, Object`,
      });
    const parameter = { name, type: type ?? "String" };
    if (defaultValue === undefined) return parameter;
    const accepted = valueOf(parameter, defaultValue);
    if (accepted === undefined)
      problems.push({ property: `${property}.defaultValue`, message: mismatch(parameter, defaultValue) });
    return { ...parameter, defaultValue: accepted ?? null };
  });
}

/**
 * A value as a parameter holds it: numbers and Booleans may come as text, as triggers and notebooks write them, and arrays and objects as text
 * of JSON. `undefined` where it is of another type.
 */
export function valueOf({ type }: Parameter, value: Json): Json | undefined {
  if (value === null) return null;
  switch (type) {
    case "String":
    case "SecureString":
      return typeof value === "number" || typeof value === "boolean" ? asText(value) : value;
    case "Int":
      return numberOf(value, Number.isInteger) ?? (isLongInteger(value) ? value : undefined);
    case "Float":
      return numberOf(value, Number.isFinite);
    case "Bool":
      if (typeof value === "string" && /^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
      return typeof value === "boolean" ? value : undefined;
    case "Array":
      return isArray(value) ? value : parsed(value, isArray);
    case "Object":
      // The service takes any JSON for an object.
      return parsed(value, (read) => isObject(read) || isArray(read)) ?? value;
  }
}

/** The values of a factory's global parameters, each of its type; what is wrong with them goes to `problems`. */
export function globalValues(
  declared: Readonly<Record<string, { readonly type: string; readonly value: Json }>>,
  problems: Problem[],
): Readonly<Record<string, Json>> {
  const values = Object.entries(declared).map(([name, { type: written, value }]) => {
    const parameter = { name, type: TYPES.get(written.toLowerCase()) ?? "Object" } as const;
    const accepted = TYPES.has(written.toLowerCase()) ? valueOf(parameter, value) : value;
    if (accepted === undefined)
      problems.push({ property: `globalParameters.${name}`, message: mismatch(parameter, value) });
    return [name, accepted ?? value] as const;
  });
  return Object.fromEntries(values);
}

/** What is said of a value of another type. */
export function mismatch({ name, type }: Parameter, value: Json): string {
  return `parameter "${name}" of type ${type} cannot be ${JSON.stringify(value).slice(0, 80)} of type ${typeName(value)}`;
}

function numberOf(value: Json, isAllowed: (number: number) => boolean): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && isAllowed(number) && String(number).length < 17 ? number : undefined;
}

/** An integer that a JavaScript number cannot keep is the text of its digits. */
function isLongInteger(value: Json): boolean {
  return typeof value === "string" && /^\s*-?\d{16,19}\s*$/.test(value);
}

function parsed(value: Json, isWanted: (value: Json) => boolean): Json | undefined {
  if (typeof value !== "string") return undefined;
  try {
    const read = parseJson(value);
    return isWanted(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
