import { isText, type XmlChild, type XmlNode, type XmlText } from "../xml/node";
import { floatToText } from "../value";

/** The four types of XPath 1.0. */
export type XPathValue = boolean | number | string | readonly XmlNode[];

/** A path that is no XPath 1.0, or that asks for what does not exist. */
export class XPathError extends Error {}

export function isNodes(value: XPathValue): value is readonly XmlNode[] {
  return Array.isArray(value);
}

export function stringOf(node: XmlNode): string {
  if (node.kind === "document" || node.kind === "element") return node.children.map(ownText).join("");
  return isText(node) ? textRun(node) : node.value;
}

/** Text and CDATA side by side are one node of XPath, the first of them. */
function textRun(start: XmlText): string {
  const siblings = start.parent.children;
  const first = siblings.indexOf(start);
  const end = siblings.findIndex((node, index) => index > first && !isText(node));
  return siblings
    .slice(first, end < 0 ? undefined : end)
    .map(ownText)
    .join("");
}

function ownText(node: XmlChild): string {
  if (isText(node)) return node.value;
  return node.kind === "element" ? node.children.map(ownText).join("") : "";
}

export function toText(value: XPathValue): string {
  if (isNodes(value)) return value[0] === undefined ? "" : stringOf(value[0]);
  return typeof value === "number" ? floatToText(value) : String(value);
}

export function toNumber(value: XPathValue): number {
  if (typeof value === "number" || typeof value === "boolean") return Number(value);
  const text = toText(value).trim();
  return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
}

export function toBoolean(value: XPathValue): boolean {
  return isNodes(value) ? value.length > 0 : Boolean(value);
}

type Comparison = (left: number | string | boolean, right: number | string | boolean) => boolean;

/** Compares as XPath does: a node set with anything is true if one of its nodes is. */
export function compare(operator: string, left: XPathValue, right: XPathValue): boolean {
  const test = COMPARISONS.get(operator)!;
  if (typeof left === "boolean" || typeof right === "boolean")
    return typed(operator, test, toBoolean(left), toBoolean(right));
  if (isNodes(left)) return left.some((node) => compare(operator, stringOf(node), right));
  if (isNodes(right)) return right.some((node) => compare(operator, left, stringOf(node)));
  return typed(operator, test, left, right);
}

function typed(
  operator: string,
  test: Comparison,
  left: number | string | boolean,
  right: number | string | boolean,
): boolean {
  const ordered = operator !== "=" && operator !== "!=";
  if (ordered || typeof left === "number" || typeof right === "number") return test(toNumber(left), toNumber(right));
  return test(left, right);
}

const COMPARISONS = new Map<string, Comparison>([
  ["=", (left, right) => left === right],
  ["!=", (left, right) => left !== right],
  ["<", (left, right) => left < right],
  ["<=", (left, right) => left <= right],
  [">", (left, right) => left > right],
  [">=", (left, right) => left >= right],
]);
