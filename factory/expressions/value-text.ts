import { ParameterError } from "./error";
import { floatToText, isArrayValue, isObjectValue, type ObjectValue, type Value } from "./value";

/** A value as the engine writes it into a string: null is empty, booleans are `True` and `False`, the rest is compact JSON. */
export function asText(value: Value): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return floatToText(value);
  if (isContent(value)) return contentText(value);
  return writeJson(value);
}

/** Compact JSON as the engine writes it: a float always has a point or an exponent. */
export function writeJson(value: Value): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return writeFloat(value);
  if (isArrayValue(value)) return `[${value.map(writeJson).join()}]`;
  if (!isObjectValue(value)) return String(value);
  return `{${Object.entries(value)
    .map(([name, item]) => `${quote(name)}:${writeJson(item)}`)
    .join()}}`;
}

function writeFloat(value: number): string {
  const text = floatToText(value);
  if (!Number.isFinite(value)) return `"${text}"`;
  return /[.E]/.test(text) ? text : `${text}.0`;
}

function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0085\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Bytes with their type: what `binary`, `xml` and their like return. */
export interface Content extends ObjectValue {
  readonly "$content-type": string;
  readonly $content: string;
}

export function isContent(value: Value | undefined): value is Content {
  return isObjectValue(value) && typeof value["$content-type"] === "string" && typeof value["$content"] === "string";
}

export function content(type: string, bytes: Buffer): Content {
  return { "$content-type": type, $content: bytes.toString("base64") };
}

export function isXml(value: Value | undefined): value is Content {
  return isContent(value) && /^(application|text)\/xml\b/i.test(value["$content-type"]);
}

function contentText(value: Content): string {
  return readBase64(value.$content).toString();
}

/** White space is let pass, any other character that is not base64's is an error. */
export function readBase64(written: string): Buffer {
  const dense = written.replace(/[ \t\r\n]/g, "");
  if (dense.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(dense))
    throw new ParameterError(`expects base64, got ${JSON.stringify(written.slice(0, 200))}`);
  return Buffer.from(dense, "base64");
}
