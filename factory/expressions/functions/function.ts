import { ExpressionError, ParameterError } from "../error";
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
  const [least, most] = found.parameters;
  if (parameters.length < least || parameters.length > most) {
    const wanted = most === Infinity ? `at least ${least}` : least === most ? `${least}` : `${least} to ${most}`;
    throw new ExpressionError(`${name} takes ${wanted} parameters, got ${parameters.length}`);
  }
  try {
    return found.call(parameters);
  } catch (error) {
    if (error instanceof ParameterError) throw new ExpressionError(`${name} ${error.message}`);
    throw error;
  }
}

export function text(value: Value | undefined): string {
  if (typeof value !== "string") throw wrong("a string", value);
  return value;
}

export function number(value: Value | undefined): bigint | number {
  if (typeof value === "number" || (typeof value === "bigint" && isInt64(value))) return value;
  throw wrong("a number", value);
}

export function integer(value: Value | undefined): bigint {
  if (typeof value !== "bigint" || !isInt64(value)) throw wrong("an integer", value);
  return value;
}

/** An integer that JavaScript can count with; one outside `least` and `most` is an error. */
export function count(value: Value | undefined, least: number, most: number): number {
  const wanted = integer(value);
  if (wanted < least || wanted > most) throw wrong(`an integer from ${least} to ${most}`, value);
  return Number(wanted);
}

export function boolean(value: Value | undefined): boolean {
  if (typeof value !== "boolean") throw wrong("a boolean", value);
  return value;
}

export function array(value: Value | undefined): readonly Value[] {
  if (!isArrayValue(value)) throw wrong("an array", value);
  return value;
}

export function object(value: Value | undefined): ObjectValue {
  if (!isObjectValue(value)) throw wrong("an object", value);
  return value;
}

const LONGEST_SHOWN = 200;

export function wrong(wanted: string, value: Value | undefined): ParameterError {
  if (value === undefined) return new ParameterError(`expects ${wanted}, got nothing`);
  const written = writeJson(value);
  const shown = written.length > LONGEST_SHOWN ? `${written.slice(0, LONGEST_SHOWN)}…` : written;
  return new ParameterError(`expects ${wanted}, got ${shown} of type ${typeOf(value)}`);
}
