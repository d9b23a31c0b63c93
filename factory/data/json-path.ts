import { type Cell, isComplex, isList } from "./cell";

/** Names of properties and indices of items, from the outside in. */
export type JsonPath = readonly (string | number)[];

const STEP = /\.?([\p{L}_][\p{L}\p{N}_-]*)|\[\s*'((?:[^'\\]|\\.)*)'\s*\]|\[\s*"((?:[^"\\]|\\.)*)"\s*\]|\[(\d+)\]/uy;

/** Reads a path as the service writes it: `$['a'][0]['b']`, or `$.a[0].b`. `undefined` where it says something else. */
export function parsePath(text: string): JsonPath | undefined {
  const steps: (string | number)[] = [];
  for (let at = text.startsWith("$") ? 1 : 0; at < text.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const found = STEP.exec(text);
    if (found === null) return undefined;
    const [, plain, single, double, index] = found;
    const name = plain ?? single ?? double;
    steps.push(name === undefined ? Number(index) : name.replace(/\\(.)/g, "$1"));
  }
  return steps;
}

/** What stands at a path within a value; `undefined` where nothing does. */
export function valueAt(value: Cell, path: JsonPath): Cell {
  return path.reduce<Cell>((within, step) => {
    if (typeof step === "number") return isList(within) ? within[step] : undefined;
    return isComplex(within) && !isList(within) && Object.hasOwn(within, step) ? within[step] : undefined;
  }, value);
}
