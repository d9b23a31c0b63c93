import { isArrayValue, isInt64, type Value } from "../value";
import { ParameterError } from "../error";
import { array, count, eager, type ExpressionFunction, integer, number, wrong } from "./function";
import { order } from "./logic";

const LONGEST_RANGE = 100_000;
const LEAST_INT32 = -(2 ** 31);
const LARGEST_INT32 = 2 ** 31 - 1;

/** Two integers give an integer, or an error beyond 64 bits; a float on either side makes both floats. */
const arithmetic = (whole: (a: bigint, b: bigint) => bigint, floating: (a: number, b: number) => number) =>
  eager(2, 2, (left, right) => {
    const [a, b] = [number(left), number(right)];
    if (typeof a !== "bigint" || typeof b !== "bigint") return floating(Number(a), Number(b));
    const result = whole(a, b);
    if (!isInt64(result)) throw new ParameterError(`of ${a} and ${b} has more than 64 bits`);
    return result;
  });

const extreme = (sign: 1 | -1) =>
  eager(1, Infinity, (...values) =>
    list(values)
      .map(number)
      .reduce((best, value) => {
        const found = sign * compared(value, best) > 0 ? value : best;
        return typeof best === typeof value ? found : Number(found);
      }),
  );

/** The order in which .NET sorts: what is not a number comes first. */
function compared(left: number | bigint, right: number | bigint): number {
  const [isLeft, isRight] = [Number.isNaN(left), Number.isNaN(right)];
  return isLeft || isRight ? Number(isRight) - Number(isLeft) : order(left, right);
}

export const NUMBERS: Readonly<Record<string, ExpressionFunction>> = {
  add: arithmetic(
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  sub: arithmetic(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  mul: arithmetic(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  div: arithmetic(
    (a, b) => a / nonZero(b),
    (a, b) => a / nonZero(b),
  ),
  // .NET divides to find the rest, so it fails where the quotient has more than 64 bits.
  mod: arithmetic(
    (a, b) => (isInt64(a / nonZero(b)) ? a % b : a / b),
    (a, b) => a % nonZero(b),
  ),
  min: extreme(-1),
  max: extreme(1),
  rand: eager(2, 2, (from, to) => {
    const least = count(from, LEAST_INT32, LARGEST_INT32);
    const end = count(to, LEAST_INT32, LARGEST_INT32);
    if (end < least) throw new ParameterError(`expects the end not before the start, got ${least} and ${end}`);
    return BigInt(least + Math.floor(Math.random() * (end - least)));
  }),
  range: eager(2, 2, (start, length) => {
    const first = integer(start);
    const found = count(length, 0, LONGEST_RANGE);
    if (first < LEAST_INT32 || first + BigInt(found) - 1n > LARGEST_INT32)
      throw new ParameterError(`expects integers of 32 bits, got ${found} from ${first} on`);
    return Array.from({ length: found }, (_, index) => first + BigInt(index));
  }),
};

function list(values: readonly Value[]): readonly Value[] {
  const [first] = values;
  const found = values.length === 1 && isArrayValue(first) ? array(first) : values;
  if (found.length === 0) throw wrong("at least one number", first);
  return found;
}

function nonZero<T extends bigint | number>(divisor: T): T {
  if (Number(divisor) === 0) throw new ParameterError("cannot divide by zero");
  return divisor;
}
