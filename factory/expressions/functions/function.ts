import { ExpressionError, ParameterError, ParameterTypeError } from "../error";
import { isArrayValue, isInt64, isObjectValue, type ObjectValue, typeOf, type Value } from "../value";
import { writeJson } from "../value-text";

/** A parameter that is evaluated when it is read: `if`, `and`, `or` and `coalesce` leave what they do not need. */
export type Lazy = () => Value;

export interface ExpressionFunction {
  /** Fewest and most parameters. */
  readonly parameters: readonly [number, number];
  readonly call: (parameters: readonly Lazy[]) => Value;
}

/** A function all of whose parameters are evaluated before it is called. */
export function eager(least: number, most: number, body: (...values: Value[]) => Value): ExpressionFunction {
  return { parameters: [least, most], call: (parameters) => body(...parameters.map((value) => value())) };
}

export function call(name: string, found: ExpressionFunction, parameters: readonly Lazy[]): Value {
  const wrongCount = arityProblem(name, found, parameters.length);
  if (wrongCount !== undefined) throw new ExpressionError(wrongCount);
  try {
    return found.call(parameters);
  } catch (error) {
    if (error instanceof ParameterError)
      throw new ExpressionError(`${name} ${error.message}`, undefined, { cause: error });
    throw error;
  }
}

/** Why a function does not take so many parameters; `undefined` where it does. */
export function arityProblem(
  name: string,
  { parameters: [least, most] }: Pick<ExpressionFunction, "parameters">,
  count: number,
): string | undefined {
  if (count >= least && count <= most) return undefined;
  const wanted = most === Infinity ? `at least ${least}` : least === most ? `${least}` : `${least} to ${most}`;
  return `${name} takes ${wanted} parameters, got ${count}`;
}

export function text(value: Value | undefined): string {
  if (typeof value !== "string") throw mistyped("a string", value);
  return value;
}

export function number(value: Value | undefined): bigint | number {
  if (typeof value === "number" || (typeof value === "bigint" && isInt64(value))) return value;
  throw mistyped("a number", value);
}

export function integer(value: Value | undefined): bigint {
  if (typeof value !== "bigint" || !isInt64(value)) throw mistyped("an integer", value);
  return value;
}

/** An integer that JavaScript can count with; one outside `least` and `most` is an error. */
export function count(value: Value | undefined, least: number, most: number): number {
  const wanted = integer(value);
  if (wanted < least || wanted > most) throw wrong(`an integer from ${least} to ${most}`, value);
  return Number(wanted);
}

export function boolean(value: Value | undefined): boolean {
  if (typeof value !== "boolean") throw mistyped("a boolean", value);
  return value;
}

export function array(value: Value | undefined): readonly Value[] {
  if (!isArrayValue(value)) throw mistyped("an array", value);
  return value;
}

export function object(value: Value | undefined): ObjectValue {
  if (!isObjectValue(value)) throw mistyped("an object", value);
  return value;
}

export function wrong(wanted: string, value: Value | undefined): ParameterError {
  return new ParameterError(expected(wanted, value));
}

function mistyped(wanted: string, value: Value | undefined): ParameterTypeError {
  return new ParameterTypeError(expected(wanted, value));
}

const LONGEST_SHOWN = 200;

function expected(wanted: string, value: Value | undefined): string {
  if (value === undefined) return `expects ${wanted}, got nothing`;
  const written = writeJson(value);
  const shown = written.length > LONGEST_SHOWN ? `${written.slice(0, LONGEST_SHOWN)}…` : written;
  return `expects ${wanted}, got ${shown} of type ${typeOf(value)}`;
}
