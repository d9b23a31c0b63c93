import { findName, isArray, isObject, type Json, typeName } from "../json";
import { ExpressionError } from "./error";
import { FUNCTIONS } from "./functions/table";
import { call, type ExpressionFunction } from "./functions/function";
import type { Expression } from "./parser";

/** What an expression can read from its surroundings: `pipeline()`, `activity()`, `variables()`, `utcNow()`, … by lower-case name. */
export type Scope = ReadonlyMap<string, ExpressionFunction>;

export function evaluate(expression: Expression, scope: Scope): Json {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "property":
      return property(evaluate(expression.of, scope), evaluate(expression.key, scope), expression.optional);
    case "call":
      return evaluateCall(expression.name, expression.parameters, scope);
  }
}

function evaluateCall(name: string, parameters: readonly Expression[], scope: Scope): Json {
  const found = scope.get(name.toLowerCase()) ?? FUNCTIONS.get(name.toLowerCase());
  if (found === undefined) throw new ExpressionError(`unknown function "${name}"`);
  return call(
    name,
    found,
    parameters.map((parameter) => () => evaluate(parameter, scope)),
  );
}

function property(of: Json, key: Json, optional: boolean): Json {
  if (isObject(of) && typeof key === "string") {
    const name = findName(Object.keys(of), key);
    if (name !== undefined) return of[name] ?? null;
    if (optional) return null;
    const available = Object.keys(of).join(", ") || "none";
    throw new ExpressionError(`property "${key}" does not exist, available properties are: ${available}`);
  }
  if (isArray(of) && typeof key === "number") {
    const item = of[key];
    if (item !== undefined) return item;
    if (optional) return null;
    throw new ExpressionError(`index ${key} is outside an array of ${of.length}`);
  }
  if (of === null && optional) return null;
  throw new ExpressionError(`"${String(key)}" cannot be selected from a value of type ${typeName(of)}`);
}
