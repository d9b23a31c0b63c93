import { floatToText, isArrayValue, isObjectValue, type ObjectValue, type Value } from "../value";
import { escapeAttribute, escapeText } from "./writer";

/** An object as the engine writes it as XML; `undefined` where it has not one root element. */
export function jsonToXml(value: ObjectValue): string | undefined {
  const entries = Object.entries(value);
  const [root] = entries;
  if (root === undefined || entries.length > 1 || isArrayValue(root[1])) return undefined;
  return elements(...root);
}

function elements(name: string, value: Value): string {
  if (isArrayValue(value)) return value.map((item) => elements(name, item)).join("");
  const tag = encodeName(name);
  if (value === null) return `<${tag} />`;
  if (!isObjectValue(value)) return `<${tag}>${escapeText(scalar(value))}</${tag}>`;
  const entries = Object.entries(value);
  const attributes = entries
    .filter(([key]) => key.startsWith("@"))
    .map(([key, item]) => ` ${encodeName(key.slice(1))}="${escapeAttribute(scalar(item))}"`);
  const content = entries
    .filter(([key]) => !key.startsWith("@"))
    .map(([key, item]) => (key === "#text" ? escapeText(scalar(item)) : elements(key, item)));
  const start = `<${tag}${attributes.join("")}`;
  return content.length === 0 ? `${start} />` : `${start}>${content.join("")}</${tag}>`;
}

function scalar(value: Value): string {
  return typeof value === "number" ? floatToText(value) : value === null ? "" : String(value);
}

/** What no name of XML may hold is written as `_xHHHH_`. */
function encodeName(name: string): string {
  const escaped = (letter: string) => `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
  return name.replace(/^[^\p{L}_]|[^\p{L}\p{N}\p{M}_.:-]/gu, escaped);
}
