import type { z } from "zod";
import { isArray, isObject, type Json } from "../json";

/** What of a value is known before a run: without the properties that expressions give, or something in them. */
export function literals(value: Json): Json | undefined {
  if (typeof value === "string") return /^@[^@]|@\{/.test(value) ? undefined : value;
  if (isArray(value)) {
    const items = value.map(literals);
    return items.includes(undefined) ? undefined : items.flatMap((item) => item ?? []);
  }
  if (!isObject(value)) return value;
  if (value["type"] === "Expression") return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inside]) => {
      const known = literals(inside);
      return known === undefined ? [] : [[name, known] as const];
    }),
  );
}

/** A value without the properties that are null: to the service they are absent. */
export function present(value: Json): Json {
  if (isArray(value)) return value.map(present);
  if (!isObject(value)) return value;
  const properties = Object.entries(value).filter(([, inside]) => inside !== null);
  return Object.fromEntries(properties.map(([name, inside]) => [name, present(inside)]));
}

/** What of a value's settings is not understood, each with its path behind `place`. */
export function notUnderstood(place: string, shape: z.ZodType, value: Json | undefined): readonly string[] {
  const { error } = shape.safeParse(value === undefined ? {} : (literals(present(value)) ?? {}));
  return (error?.issues ?? []).flatMap((issue) => {
    const path = [place, ...issue.path.map(String)].join(".");
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => `${path}.${key} is not understood here`);
    return [`${path}: ${issue.message}`];
  });
}
