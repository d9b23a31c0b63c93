import { asText, findName, isArray, isObject, type Json } from "../../json";
import { eager, type ExpressionFunction, integer, text, wrong } from "./function";
import { equal } from "./logic";

export const COLLECTIONS: Readonly<Record<string, ExpressionFunction>> = {
  contains: eager(2, 2, (collection, value) => {
    if (isObject(collection)) return findName(Object.keys(collection), text(value)) !== undefined;
    if (isArray(collection)) return has(collection, value!);
    return text(collection).includes(text(value));
  }),
  empty: eager(1, 1, (value) => {
    if (value === null) return true;
    if (isObject(value)) return Object.keys(value).length === 0;
    return sequence(value).length === 0;
  }),
  length: eager(1, 1, (value) => sequence(value).length),
  first: eager(1, 1, (value) => (typeof value === "string" ? value.slice(0, 1) : (sequence(value)[0] ?? null))),
  last: eager(1, 1, (value) => (typeof value === "string" ? value.slice(-1) : (sequence(value).at(-1) ?? null))),
  skip: eager(2, 2, (value, count) => sequence(value).slice(Math.max(0, integer(count)))),
  take: eager(2, 2, (value, count) => sequence(value).slice(0, Math.max(0, integer(count)))),
  join: eager(2, 2, (values, separator) => array(values).map(asText).join(text(separator))),
  createArray: eager(1, Infinity, (...values) => values),
  union: eager(2, Infinity, (...values) => {
    if (isObject(values[0])) return values.map(object).reduce((all, more) => ({ ...all, ...more }));
    return values.flatMap(array).reduce<Json[]>((kept, value) => (has(kept, value) ? kept : [...kept, value]), []);
  }),
  intersection: eager(2, Infinity, (first, ...others) => {
    if (!isObject(first)) return array(first).filter((value) => others.every((other) => has(array(other), value)));
    const shared = Object.entries(first).filter(([name, value]) =>
      others.map(object).every((other) => other[name] !== undefined && equal(other[name], value)),
    );
    return Object.fromEntries(shared);
  }),
};

function has(values: readonly Json[], wanted: Json): boolean {
  return values.some((value) => equal(value, wanted));
}

function sequence(value: Json | undefined): string | readonly Json[] {
  if (typeof value === "string" || isArray(value)) return value;
  throw wrong("an array or a string", value);
}

function array(value: Json | undefined): readonly Json[] {
  if (!isArray(value)) throw wrong("an array", value);
  return value;
}

function object(value: Json | undefined): { readonly [name: string]: Json } {
  if (!isObject(value)) throw wrong("an object", value);
  return value;
}
