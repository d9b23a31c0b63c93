import { isArray, type Json } from "../../json";
import { eager, type ExpressionFunction, integer, number, ParameterError } from "./function";

const arithmetic = (body: (left: number, right: number) => number) =>
  eager(2, 2, (left, right) => body(number(left), number(right)));

const extreme = (pick: (...values: number[]) => number) =>
  eager(1, Infinity, (...values) => pick(...list(values).map(number)));

export const NUMBERS: Readonly<Record<string, ExpressionFunction>> = {
  add: arithmetic((left, right) => left + right),
  sub: arithmetic((left, right) => left - right),
  mul: arithmetic((left, right) => left * right),
  div: arithmetic((left, right) => {
    const quotient = left / nonZero(right);
    return Number.isInteger(left) && Number.isInteger(right) ? Math.trunc(quotient) : quotient;
  }),
  mod: arithmetic((left, right) => left % nonZero(right)),
  min: extreme(Math.min),
  max: extreme(Math.max),
  rand: eager(2, 2, (from, to) => {
    const least = integer(from);
    return least + Math.floor(Math.random() * (integer(to) - least));
  }),
  range: eager(2, 2, (start, count) => {
    const length = integer(count);
    if (length < 0 || length > 100_000) throw new ParameterError(`expects a count from 0 to 100000, got ${length}`);
    return Array.from({ length }, (_, index) => integer(start) + index);
  }),
};

function list(values: readonly Json[]): readonly Json[] {
  const [first] = values;
  return values.length === 1 && isArray(first) ? first : values;
}

function nonZero(divisor: number): number {
  if (divisor === 0) throw new ParameterError("cannot divide by zero");
  return divisor;
}
