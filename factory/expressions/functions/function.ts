import { type Json, typeName } from "../../json";
import { ExpressionError } from "../error";

/** A parameter that is evaluated when it is read: `if`, `and` and `or` leave what they do not need. */
export type Lazy = () => Json;

export interface ExpressionFunction {
  /** Fewest and most parameters. */
  readonly parameters: readonly [number, number];
  readonly call: (parameters: readonly Lazy[]) => Json;
}

/** A function all of whose parameters are evaluated before it is called. */
export function eager(least: number, most: number, body: (...values: Json[]) => Json): ExpressionFunction {
  return { parameters: [least, most], call: (parameters) => body(...parameters.map((value) => value())) };
}

export function call(name: string, found: ExpressionFunction, parameters: readonly Lazy[]): Json {
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

/** A parameter of a wrong type or value; its message goes on from the function's name. */
export class ParameterError extends Error {}

export function text(value: Json | undefined): string {
  if (typeof value !== "string") throw wrong("a string", value);
  return value;
}

export function number(value: Json | undefined): number {
  if (typeof value !== "number") throw wrong("a number", value);
  return value;
}

export function integer(value: Json | undefined): number {
  if (typeof value !== "number" || !Number.isInteger(value)) throw wrong("an integer", value);
  return value;
}

export function boolean(value: Json | undefined): boolean {
  if (typeof value !== "boolean") throw wrong("a boolean", value);
  return value;
}

export function wrong(wanted: string, value: Json | undefined): ParameterError {
  const shown = value === undefined ? "nothing" : `${JSON.stringify(value)} of type ${typeName(value)}`;
  return new ParameterError(`expects ${wanted}, got ${shown}`);
}
