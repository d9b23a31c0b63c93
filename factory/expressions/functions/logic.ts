import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../json";
import { boolean, eager, type ExpressionFunction, wrong } from "./function";

const compare = (test: (order: number) => boolean) =>
  eager(2, 2, (left, right) => {
    if (typeof left === "number" && typeof right === "number") return test(left - right);
    if (typeof left === "string" && typeof right === "string") return test(ordinal(left, right));
    throw wrong("two numbers or two strings", typeof left === "number" ? right : left);
  });

export const LOGIC: Readonly<Record<string, ExpressionFunction>> = {
  if: {
    parameters: [3, 3],
    call: ([condition, yes, no]) => (boolean(condition!()) ? yes!() : no!()),
  },
  and: { parameters: [1, Infinity], call: (parameters) => parameters.every((value) => boolean(value())) },
  or: { parameters: [1, Infinity], call: (parameters) => parameters.some((value) => boolean(value())) },
  not: eager(1, 1, (value) => !boolean(value)),
  equals: eager(2, 2, (left, right) => equal(left!, right!)),
  greater: compare((order) => order > 0),
  greaterOrEquals: compare((order) => order >= 0),
  less: compare((order) => order < 0),
  lessOrEquals: compare((order) => order <= 0),
};

export function equal(left: Json, right: Json): boolean {
  return isDeepStrictEqual(left, right);
}

function ordinal(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
