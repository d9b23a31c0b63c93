import { identity, type Value } from "../value";
import { boolean, eager, type ExpressionFunction, number, wrong } from "./function";

/** The engine orders strings as English does: `a` before `B`, and `a` before `A`. */
const ENGLISH = new Intl.Collator("en-US");

const compare = (test: (order: number) => boolean) =>
  eager(2, 2, (left, right) => {
    if (isNumber(left) && isNumber(right)) return test(order(number(left), number(right)));
    if (typeof left === "string" && typeof right === "string") return test(ENGLISH.compare(left, right));
    throw wrong("two numbers or two strings", isNumber(left) ? right : left);
  });

export const LOGIC: Readonly<Record<string, ExpressionFunction>> = {
  if: {
    parameters: [3, 3],
    call: ([condition, yes, no]) => (boolean(condition!()) ? yes!() : no!()),
  },
  and: { parameters: [1, Infinity], call: (parameters) => parameters.every((value) => boolean(value())) },
  or: { parameters: [1, Infinity], call: (parameters) => parameters.some((value) => boolean(value())) },
  not: eager(1, 1, (value) => !boolean(value)),
  equals: eager(2, Infinity, (first, ...others) => others.every((other) => equal(first!, other))),
  greater: compare((found) => found > 0),
  greaterOrEquals: compare((found) => found >= 0),
  less: compare((found) => found < 0),
  lessOrEquals: compare((found) => found <= 0),
};

/** An integer equals a float of the same value; inside arrays and objects they differ. */
function equal(left: Value, right: Value): boolean {
  if (isNumber(left) && isNumber(right)) return order(left, right) === 0;
  return identity(left) === identity(right);
}

function isNumber(value: Value | undefined): value is bigint | number {
  return typeof value === "bigint" || typeof value === "number";
}

/** Two integers compare exactly; with a float beside it, an integer becomes one. */
export function order(left: bigint | number, right: bigint | number): number {
  if (typeof left === "bigint" && typeof right === "bigint") return left < right ? -1 : left > right ? 1 : 0;
  const [a, b] = [Number(left), Number(right)];
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN;
}
