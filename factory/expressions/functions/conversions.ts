import { asText, parseJson } from "../../json";
import { eager, type ExpressionFunction, text, wrong } from "./function";

const toBase64 = eager(1, 1, (value) => Buffer.from(text(value)).toString("base64"));
const fromBase64 = eager(1, 1, (value) => Buffer.from(text(value), "base64").toString());
const encodeUri = eager(1, 1, (value) => encodeURIComponent(text(value)).replace(/[!*()']/g, percent));
const decodeUri = eager(1, 1, (value) => decodeURIComponent(text(value)));

export const CONVERSIONS: Readonly<Record<string, ExpressionFunction>> = {
  string: eager(1, 1, (value) => asText(value!)),
  int: eager(1, 1, (value) => {
    if (typeof value === "boolean") return value ? 1 : 0;
    if (Number.isInteger(value)) return value!;
    if (typeof value === "string" && /^\s*[-+]?\d+\s*$/.test(value)) return Number(value);
    throw wrong("a whole number", value);
  }),
  float: eager(1, 1, (value) => {
    const result = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof result !== "number" || !Number.isFinite(result)) throw wrong("a number", value);
    return result;
  }),
  bool: eager(1, 1, (value) => {
    if (typeof value === "boolean") return value;
    if (typeof value === "number") return value !== 0;
    if (typeof value === "string" && /^\s*true\s*$/i.test(value)) return true;
    if (typeof value === "string" && /^\s*false\s*$/i.test(value)) return false;
    throw wrong("true or false", value);
  }),
  json: eager(1, 1, (value) => {
    if (typeof value !== "string") return value!;
    try {
      return parseJson(value);
    } catch {
      throw wrong("a string that holds JSON", value);
    }
  }),
  array: eager(1, 1, (value) => [value!]),
  coalesce: eager(1, Infinity, (...values) => values.find((value) => value !== null) ?? null),
  base64: toBase64,
  base64ToString: fromBase64,
  decodeBase64: fromBase64,
  uriComponent: encodeUri,
  encodeUriComponent: encodeUri,
  uriComponentToString: decodeUri,
  decodeUriComponent: decodeUri,
};

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
