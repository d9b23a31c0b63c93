/** What a constant of a Python module can be. */
export type Value = string | number | readonly Value[] | { readonly [name: string]: Value };

/** Python's text of constants, as its formatter writes them: a line for each, and more where one is too long. */
export const pythonConstants = (values: Readonly<Record<string, Value>>): readonly string[] =>
  Object.entries(values).map(([name, value]) => assigned(`${name}: Final = `, value));

/** `Array.isArray` does not tell read-only lists from objects. */
const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** What Python's formatter leaves on one line, in characters. */
const WIDEST = 120;

/** `name: Final = value`, or `"name": value` within a value. */
function assigned(prefix: string, value: Value, indent = ""): string {
  const short = `${indent}${prefix}${onOneLine(value)}`;
  if (short.length <= WIDEST || typeof value !== "object") return short;
  const deeper = `${indent}    `;
  const items = isList(value)
    ? value.map((item) => assigned("", item, deeper))
    : Object.entries(value).map(([name, item]) => assigned(`${JSON.stringify(name)}: `, item, deeper));
  const lines = items.map((item) => `${item},`);
  const [open, close] = isList(value) ? "()" : "{}";
  return [`${indent}${prefix}${open}`, ...lines, `${indent}${close}`].join("\n");
}

function onOneLine(value: Value): string {
  if (typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `(${value.map(onOneLine).join(", ")}${value.length === 1 ? "," : ""})`;
  const items = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${onOneLine(item)}`);
  return `{${items.join(", ")}}`;
}
