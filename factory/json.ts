import { z } from "zod";
import { readJson } from "./expressions/json-reader";
import { fromJson, toJson } from "./expressions/value";
import { asText as valueText } from "./expressions/value-text";

/** A value of the service's JSON, and of an expression. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export type JsonObject = { readonly [name: string]: Json };

/** A text as JSON; throws where it is none. An integer whose digits a JavaScript number cannot keep is the text of its digits. */
export function parseJson(text: string): Json {
  const value: Json = JSON.parse(text);
  return /\d{16}/.test(text) ? toJson(readJson(text)) : value;
}

/** Any value of JSON. */
export const json: z.ZodType<Json, Json> = z.json();

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The name under which an object holds a property: the factory ignores case. */
export function findName(names: Iterable<string>, wanted: string): string | undefined {
  const lower = wanted.toLowerCase();
  let found: string | undefined;
  for (const name of names) {
    if (name === wanted) return name;
    if (name.toLowerCase() === lower) found ??= name;
  }
  return found;
}

/** Whether two names are one to the factory. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The engine's word for a value's type, as its messages use it. */
export function typeName(value: Json): string {
  if (value === null) return "Null";
  if (typeof value === "string") return "String";
  if (typeof value === "boolean") return "Boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Float";
  return isArray(value) ? "Array" : "Object";
}

/** How the engine writes a value into a string: null is empty, booleans are `True` and `False`, the rest is compact JSON. */
export function asText(value: Json): string {
  return valueText(fromJson(value));
}
