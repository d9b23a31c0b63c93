import { evaluateJson } from "../../expressions/template";
import { eager } from "../../expressions/functions/function";
import type { Scope } from "../../expressions/evaluator";
import { isArray, type Json, typeName } from "../../json";

/** The items that an activity goes through. */
export function evaluateItems(items: Json, scope: Scope): readonly Json[] {
  const value = evaluateJson(items, scope);
  if (!isArray(value)) throw new Error(`items is of type ${typeName(value)}, the result must be a valid array`);
  return value;
}

/** A scope in which `item()` is one of them. */
export function withItem(scope: Scope, item: Json): Scope {
  return new Map([...scope, ["item", eager(0, 0, () => item)]]);
}
