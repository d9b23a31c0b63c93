import { randomUUID } from "node:crypto";
import { asText } from "../../json";
import { eager, type ExpressionFunction, integer, ParameterError, text, wrong } from "./function";

export const STRINGS: Readonly<Record<string, ExpressionFunction>> = {
  concat: eager(1, Infinity, (...values) => values.map(asText).join("")),
  substring: eager(2, 3, (value, start, length) => {
    const whole = text(value);
    const from = integer(start);
    const count = length === undefined ? whole.length - from : integer(length);
    if (from < 0 || count < 0 || from + count > whole.length)
      throw new ParameterError(`is out of range: start ${from} and length ${count} in a string of ${whole.length}`);
    return whole.slice(from, from + count);
  }),
  replace: eager(3, 3, (value, old, by) => {
    if (old === "") throw new ParameterError("cannot replace the empty string");
    return text(value).split(text(old)).join(text(by));
  }),
  split: eager(2, 2, (value, separator) => (separator === "" ? [text(value)] : text(value).split(text(separator)))),
  indexOf: eager(2, 2, (value, part) => text(value).toLowerCase().indexOf(text(part).toLowerCase())),
  lastIndexOf: eager(2, 2, (value, part) => text(value).toLowerCase().lastIndexOf(text(part).toLowerCase())),
  startsWith: eager(2, 2, (value, part) => text(value).toLowerCase().startsWith(text(part).toLowerCase())),
  endsWith: eager(2, 2, (value, part) => text(value).toLowerCase().endsWith(text(part).toLowerCase())),
  toLower: eager(1, 1, (value) => text(value).toLowerCase()),
  toUpper: eager(1, 1, (value) => text(value).toUpperCase()),
  trim: eager(1, 1, (value) => text(value).trim()),
  guid: eager(0, 1, (format) => {
    const id = randomUUID();
    if (format === undefined || format === "D") return id;
    if (format === "N") return id.replaceAll("-", "");
    if (format === "B") return `{${id}}`;
    if (format === "P") return `(${id})`;
    throw wrong("the format D, N, B or P", format);
  }),
};
