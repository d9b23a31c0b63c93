import { floatToText, isArrayValue, isObjectValue, type ObjectValue, type Value } from "../value";
import { escapeAttribute, escapeText } from "./writer";

/** An object as the engine writes it as XML; `undefined` where it has not one root element. */
export function jsonToXml(value: ObjectValue): string | undefined {
  const { "?xml": declaration, ...rest } = value;
  const [root, ...others] = Object.entries(rest);
  if (root === undefined || others.length > 0 || (isArrayValue(root[1]) && root[1].length !== 1)) return undefined;
  const start = isObjectValue(declaration) ? `<?xml${attributes(declaration)}?>` : "";
  return start + elements(...root);
}

function elements(name: string, value: Value): string {
  if (isArrayValue(value)) return value.map((item) => element(name, item)).join("");
  return element(name, value);
}

function element(name: string, value: Value): string {
  const tag = encodeName(name);
  if (value === null) return `<${tag} />`;
  if (isArrayValue(value)) return `<${tag}>${elements(name, value)}</${tag}>`;
  if (!isObjectValue(value)) return `<${tag}>${escapeText(scalar(value))}</${tag}>`;
  const start = `<${tag}${attributes(value)}`;
  const content = Object.entries(value)
    .filter(([key]) => !key.startsWith("@"))
    .map(([key, item]) => child(key, item))
    .join("");
  return content === "" ? `${start} />` : `${start}>${content}</${tag}>`;
}

function attributes(value: ObjectValue): string {
  return Object.entries(value)
    .filter(([key]) => key.startsWith("@"))
    .map(([key, item]) => ` ${encodeName(key.slice(1))}="${escapeAttribute(scalar(item))}"`)
    .join("");
}

function child(name: string, value: Value): string {
  const texts = (isArrayValue(value) ? value : [value]).map(scalar);
  if (name === "#text") return texts.map(escapeText).join("");
  if (name === "#cdata-section") return texts.map((text) => `<![CDATA[${text}]]>`).join("");
  return elements(name, value);
}

function scalar(value: Value): string {
  return typeof value === "number" ? floatToText(value) : value === null ? "" : String(value);
}

/** What no name of XML may hold is written as `_xHHHH_`. */
function encodeName(name: string): string {
  const escaped = (letter: string) => `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
  return name.replace(/^[^\p{L}_]|[^\p{L}\p{N}\p{M}_.:-]/gu, escaped);
}
