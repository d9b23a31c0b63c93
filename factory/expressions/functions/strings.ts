import { randomUUID } from "node:crypto";
import { asText } from "../value-text";
import { ParameterError } from "../error";
import { count, eager, type ExpressionFunction, text, wrong } from "./function";

const LONGEST = 2 ** 31 - 1;

export const STRINGS: Readonly<Record<string, ExpressionFunction>> = {
  concat: eager(1, Infinity, (...values) => values.map(asText).join("")),
  substring: eager(2, 3, (value, start, length) => {
    const whole = text(value);
    const from = count(start, -LONGEST, LONGEST);
    const taken = length === undefined ? whole.length - from : count(length, -LONGEST, LONGEST);
    if (from < 0 || from >= whole.length || taken < 0 || from + taken > whole.length)
      throw new ParameterError(`is out of range: start ${from} and length ${taken} in a string of ${whole.length}`);
    return whole.slice(from, from + taken);
  }),
  replace: eager(3, 3, (value, old, by) => {
    if (value === "") return "";
    if (old === "") throw new ParameterError("cannot replace the empty string");
    return text(value).split(text(old)).join(text(by));
  }),
  split: eager(2, 2, (value, separator) => (separator === "" ? [text(value)] : text(value).split(text(separator)))),
  indexOf: eager(2, 2, (value, part) => BigInt(upper(text(value)).indexOf(upper(text(part))))),
  lastIndexOf: eager(2, 2, (value, part) => BigInt(upper(text(value)).lastIndexOf(upper(text(part))))),
  startsWith: eager(2, 2, (value, part) => upper(text(value)).startsWith(upper(text(part)))),
  endsWith: eager(2, 2, (value, part) => upper(text(value)).endsWith(upper(text(part)))),
  toLower: eager(1, 1, (value) => text(value).replace(/[^İ]/gu, (letter) => same(letter, letter.toLowerCase()))),
  toUpper: eager(1, 1, (value) => upper(text(value))),
  trim: eager(1, 1, (value) => trimmed(text(value))),
  guid: eager(0, 1, (format) => {
    const write = GUID_FORMATS.get(text(format ?? "D"));
    if (write === undefined) throw wrong(`one of the formats ${[...GUID_FORMATS.keys()].join(", ")}`, format);
    return write(randomUUID());
  }),
};

const GUID_FORMATS = new Map<string, (id: string) => string>([
  ["D", (id) => id],
  ["N", (id) => id.replaceAll("-", "")],
  ["B", (id) => `{${id}}`],
  ["P", (id) => `(${id})`],
  [
    "X",
    (id) => {
      const [long = "", short = "", other = "", ...rest] = id.split("-");
      const bytes = rest.join("").replace(/../g, ",0x$&").slice(1);
      return `{0x${long},0x${short},0x${other},{${bytes}}}`;
    },
  ],
]);

/** As .NET does without a culture: one letter for one letter, so `ß` and `ı` stay. */
function upper(value: string): string {
  return value.replace(/[^ı]/gu, (letter) => same(letter, letter.toUpperCase()));
}

function same(letter: string, changed: string): string {
  return letter.length === changed.length ? changed : letter;
}

/** Without white space at both ends; a byte order mark is none, as in .NET. */
function trimmed(value: string): string {
  const isSpace = (index: number) => /[^\S\uFEFF]|\u0085/.test(value.charAt(index));
  let [start, end] = [0, value.length];
  while (start < end && isSpace(start)) start += 1;
  while (end > start && isSpace(end - 1)) end -= 1;
  return value.slice(start, end);
}
