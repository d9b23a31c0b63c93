import { readFileSync } from "node:fs";
import type { z } from "zod";
import { messageOf } from "./message";
import { UserError } from "./user-error";

/** What another program wrote to a file, in the shape that is expected. Throws `UserError` that names the file and what is wrong with it. */
export function readJson<T>(file: string, shape: z.ZodType<T>): T {
  const value = valueOf(file, () => readFileSync(file, "utf8"));
  return checked(file, shape, value);
}

/** The same of a text; `place` says where it is from. */
export function parseJson<T>(place: string, shape: z.ZodType<T>, text: string): T {
  const value = valueOf(place, () => text);
  return checked(place, shape, value);
}

/** The same of a value. */
export function checked<T>(place: string, shape: z.ZodType<T>, value: unknown): T {
  const { data, error } = shape.safeParse(value);
  if (error === undefined) return data;
  const problems = error.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "));
  throw new UserError(`${place}: ${problems.join("; ")}`);
}

function valueOf(place: string, text: () => string): unknown {
  try {
    return JSON.parse(text());
  } catch (error) {
    throw new UserError(`${place} cannot be read: ${messageOf(error)}`);
  }
}
