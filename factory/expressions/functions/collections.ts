import { findName } from "../../json";
import { identity, isArrayValue, isObjectValue, type ObjectValue, type Value } from "../value";
import { asText } from "../value-text";
import { array, count, eager, type ExpressionFunction, object, text, wrong } from "./function";

const LONGEST = 2 ** 31 - 1;

export const COLLECTIONS: Readonly<Record<string, ExpressionFunction>> = {
  contains: eager(2, 2, (collection, value) => {
    if (isObjectValue(collection)) return findName(Object.keys(collection), text(value)) !== undefined;
    if (isArrayValue(collection)) return identities(collection).has(identity(value!));
    return text(collection).includes(text(value));
  }),
  empty: eager(1, 1, (value) => {
    if (value === null) return true;
    if (isObjectValue(value)) return Object.keys(value).length === 0;
    return sequence(value).length === 0;
  }),
  length: eager(1, 1, (value) => BigInt(sequence(value).length)),
  first: eager(1, 1, (value) => (typeof value === "string" ? value.slice(0, 1) : (sequence(value)[0] ?? null))),
  last: eager(1, 1, (value) => (typeof value === "string" ? value.slice(-1) : (sequence(value).at(-1) ?? null))),
  skip: eager(2, 2, (value, skipped) => sequence(value).slice(count(skipped, 0, LONGEST))),
  take: eager(2, 2, (value, taken) => sequence(value).slice(0, count(taken, 0, LONGEST))),
  join: eager(2, 2, (values, separator) => array(values).map(asText).join(text(separator))),
  createArray: eager(1, Infinity, (...values) => values),
  union: eager(2, Infinity, (first, ...others) => {
    if (isObjectValue(first))
      return others.map(object).reduce<ObjectValue>((all, more) => ({ ...all, ...more }), first);
    return distinct([first!, ...others].flatMap(array));
  }),
  intersection: eager(2, Infinity, (first, ...others) => {
    if (isObjectValue(first)) return sharedProperties(first, others.map(object));
    const known = others.map((other) => identities(array(other)));
    return distinct(array(first).filter((value) => known.every((other) => other.has(identity(value)))));
  }),
};

function sharedProperties(first: ObjectValue, others: readonly ObjectValue[]): ObjectValue {
  const shared = Object.entries(first).filter(([name, value]) =>
    others.every((other) => other[name] !== undefined && identity(other[name]) === identity(value)),
  );
  return Object.fromEntries(shared);
}

function identities(values: readonly Value[]): ReadonlySet<string> {
  return new Set(values.map(identity));
}

function distinct(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [identity(value), value])).values()];
}

function sequence(value: Value | undefined): string | readonly Value[] {
  if (typeof value === "string" || isArrayValue(value)) return value;
  throw wrong("an array or a string", value);
}
