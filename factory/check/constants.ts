import { ExpressionError, ParameterTypeError } from "../expressions/error";
import { evaluate, type Scope } from "../expressions/evaluator";
import { TIME_FUNCTIONS } from "../expressions/functions/dates";
import { eager } from "../expressions/functions/function";
import type { Expression } from "../expressions/parser";
import type { Surroundings } from "./expression";

/** Something that only a run can tell. */
class Unknown extends Error {}

/**
 * Why an expression fails whatever a run brings: a constant of a type that a function never takes. A constant of a wrong value is none:
 * `int('stop')` and `div(1, 0)` are written to fail on purpose.
 */
export function constantProblem(expression: Expression, surroundings: Surroundings): string | undefined {
  const scope: Scope = new Map(
    [...surroundings.keys(), ...TIME_FUNCTIONS].map((name) => [name.toLowerCase(), unknown]),
  );
  try {
    evaluate(expression, scope);
    return undefined;
  } catch (error) {
    return error instanceof ExpressionError && error.cause instanceof ParameterTypeError ? error.message : undefined;
  }
}

const unknown = eager(0, Infinity, () => {
  throw new Unknown();
});
