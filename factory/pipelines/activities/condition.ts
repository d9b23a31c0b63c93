import { type Json, typeName } from "../../json";

/** The value of a condition; `true` and `false` may be text. */
export function toBoolean(value: Json): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "string" && /^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
  throw new Error(`the condition is ${JSON.stringify(value)} of type ${typeName(value)}, expected true or false`);
}
