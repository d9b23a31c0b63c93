import { isArrayValue, isObjectValue, type Value } from "../value";
import { asText, content, isContent, isXml, readBase64 } from "../value-text";
import { readJson } from "../json-reader";
import { xmlToJson } from "../xml/to-json";
import { eager, type ExpressionFunction, text, wrong } from "./function";

const NUMBER = /^\s*[-+]?(\d[\d,]*\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/;
const LIMIT = 2 ** 63;

export const CONVERSIONS: Readonly<Record<string, ExpressionFunction>> = {
  string: eager(1, 1, (value) => asText(value!)),
  int: eager(1, 1, (value) => {
    // The engine reads a float first: past 2^53 the last digits are rounded, and the largest integer is out of reach.
    const result = toFloat(value, "a whole number");
    if (!Number.isInteger(result) || result < -LIMIT || result >= LIMIT) throw wrong("a whole number", value);
    return BigInt(result);
  }),
  float: eager(1, 1, (value) => {
    const signedBehind = typeof value === "string" ? /^\s*([\d.,]+)-\s*$/.exec(value) : null;
    return signedBehind === null ? toFloat(value, "a number") : -toFloat(signedBehind[1], "a number");
  }),
  bool: eager(1, 1, (value) => {
    if (typeof value === "boolean") return value;
    if (typeof value === "number" || typeof value === "bigint") return Number(value) !== 0;
    if (typeof value === "string" && /^\s*true\s*$/i.test(value)) return true;
    if (typeof value === "string" && /^\s*false\s*$/i.test(value)) return false;
    throw wrong("true or false", value);
  }),
  json: eager(1, 1, (value) => {
    if (isXml(value)) return xmlToJson(asText(value));
    const written = isContent(value) ? asText(value) : value;
    if (typeof written !== "string") throw wrong("a string that holds JSON", value);
    return readJson(written);
  }),
  array: eager(1, 1, (value) => (isArrayValue(value) ? value : [value!])),
  coalesce: {
    parameters: [1, Infinity],
    call: (parameters) => {
      for (const parameter of parameters) {
        const value = parameter();
        if (value !== null) return value;
      }
      return null;
    },
  },
  base64: eager(1, 1, (value) => {
    if (typeof value !== "string" && !isArrayValue(value) && !isObjectValue(value))
      throw wrong("a string, an object or an array", value);
    return bytesOf(value).toString("base64");
  }),
  base64ToString: eager(1, 1, (value) => fromBase64(value).toString()),
  decodeBase64: eager(1, 1, (value) => fromBase64(value).toString()),
  base64ToBinary: eager(1, 1, (value) => content(BINARY, fromBase64(value))),
  binary: eager(1, 1, (value) => {
    if (value === null) throw wrong("a value", value);
    return content(BINARY, bytesOf(value!));
  }),
};

const BINARY = "application/octet-stream";

/** What a value is sent as: the bytes that it holds, or the text of anything else in UTF-8. */
export function bytesOf(value: Value): Buffer {
  return isContent(value) ? readBase64(value.$content) : Buffer.from(asText(value));
}

export function fromBase64(value: Value | undefined): Buffer {
  return readBase64(text(value));
}

function toFloat(value: Value | undefined, wanted: string): number {
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return Number(value);
  if (typeof value !== "string") throw wrong(wanted, value);
  const special = SPECIAL.get(value.trim().toLowerCase());
  if (special !== undefined) return special;
  if (!NUMBER.test(value)) throw wrong(wanted, value);
  return Number(value.replaceAll(",", ""));
}

const SPECIAL = new Map([
  ["nan", NaN],
  ["-nan", NaN],
  ["∞", Infinity],
  ["-∞", -Infinity],
]);
