import { findName } from "../json";
import { ExpressionError } from "./error";
import { FUNCTIONS } from "./functions/table";
import { call, type ExpressionFunction } from "./functions/function";
import type { Expression } from "./parser";
import { fromJson, isArrayValue, isObjectValue, typeOf, type Value } from "./value";
import { asText } from "./value-text";

/** What an expression can read from its surroundings: `pipeline()`, `activity()`, `variables()`, `utcNow()`, … by lower-case name. */
export type Scope = ReadonlyMap<string, ExpressionFunction>;

export function evaluate(expression: Expression, scope: Pick<Scope, "get">): Value {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "property":
      return property(evaluate(expression.of, scope), evaluate(expression.key, scope), expression.optional);
    case "call":
      return evaluateCall(expression.name, expression.parameters, scope);
  }
}

function evaluateCall(name: string, parameters: readonly Expression[], scope: Pick<Scope, "get">): Value {
  const lazy = parameters.map((parameter) => () => evaluate(parameter, scope));
  const around = scope.get(name.toLowerCase());
  if (around !== undefined) return fromJson(call(name, around, lazy));
  const found = FUNCTIONS.get(name.toLowerCase());
  if (found === undefined) throw new ExpressionError(`unknown function "${name}"`);
  return call(name, found, lazy);
}

function property(of: Value, key: Value, optional: boolean): Value {
  if (isObjectValue(of) && typeof key === "string") {
    const name = findName(Object.keys(of), key);
    if (name !== undefined) return of[name] ?? null;
    if (optional) return null;
    const available = Object.keys(of).join(", ") || "none";
    throw new ExpressionError(`property "${key}" does not exist, available properties are: ${available}`);
  }
  if (isArrayValue(of) && typeof key === "bigint") {
    const item = of[Number(key)];
    if (item !== undefined) return item;
    if (optional) return null;
    throw new ExpressionError(`index ${key} is outside an array of ${of.length}`);
  }
  if (of === null && optional) return null;
  throw new ExpressionError(`"${asText(key)}" cannot be selected from a value of type ${typeOf(of)}`);
}
