import { ExpressionError, ParameterTypeError } from "../expressions/error";
import { evaluate } from "../expressions/evaluator";
import { eager } from "../expressions/functions/function";
import { FUNCTIONS } from "../expressions/functions/table";
import type { Expression } from "../expressions/parser";

/** Something that only a run can tell. One for all, as making an error takes its time. */
const UNKNOWN = new Error("only a run can tell it");

const unknown = eager(0, Infinity, () => {
  throw UNKNOWN;
});

/** Whatever depends on anything but its parameters is unknown. */
const NOTHING_KNOWN = { get: (name: string) => (FUNCTIONS.has(name) ? undefined : unknown) };

/**
 * Why an expression fails whatever a run brings: a constant of a type that a function never takes. A constant of a wrong value is none:
 * `int('stop')` and `div(1, 0)` are written to fail on purpose.
 */
export function constantProblem(expression: Expression): string | undefined {
  try {
    evaluate(expression, NOTHING_KNOWN);
    return undefined;
  } catch (error) {
    return error instanceof ExpressionError && error.cause instanceof ParameterTypeError ? error.message : undefined;
  }
}
