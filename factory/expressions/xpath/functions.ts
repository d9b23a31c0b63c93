import { namespaceOf, splitName, type XmlElement, type XmlNode } from "../xml/node";
import { isNodes, stringOf, toBoolean, toNumber, toText, XPathError, type XPathValue } from "./value";

/** Where an expression is evaluated: a node, its place among those of its step, and how many these are. */
export interface Context {
  readonly node: XmlNode;
  readonly position: number;
  readonly size: number;
}

interface XPathFunction {
  readonly parameters: readonly [number, number];
  readonly call: (context: Context, values: readonly XPathValue[]) => XPathValue;
}

const define = (
  least: number,
  most: number,
  body: (values: readonly XPathValue[], context: Context) => XPathValue,
): XPathFunction => ({ parameters: [least, most], call: (context, values) => body(values, context) });

/** A function of strings; one that is left out is the string of the current node. */
const onText = (least: number, most: number, body: (...texts: string[]) => XPathValue) =>
  define(least, most, (values, { node }) => body(...(values.length === 0 ? [stringOf(node)] : values.map(toText))));

const onNumber = (body: (value: number) => number) => define(1, 1, ([value]) => body(toNumber(value!)));

const onName = (body: (name: string, node: XmlNode) => string) =>
  define(0, 1, (values, { node }) => {
    const named = values[0] === undefined ? node : nodes(values[0])[0];
    return named !== undefined &&
      (named.kind === "element" || named.kind === "attribute" || named.kind === "instruction")
      ? body(named.name, named)
      : "";
  });

export const XPATH_FUNCTIONS: ReadonlyMap<string, XPathFunction> = new Map(
  Object.entries({
    last: define(0, 0, (_, { size }) => size),
    position: define(0, 0, (_, { position }) => position),
    count: define(1, 1, ([value]) => nodes(value!).length),
    sum: define(1, 1, ([value]) => nodes(value!).reduce((sum, node) => sum + toNumber(stringOf(node)), 0)),
    name: onName((name) => name),
    "local-name": onName((name) => splitName(name).local),
    "namespace-uri": onName((name, node) => {
      const { prefix } = splitName(name);
      if (node.kind === "element") return namespaceOf(node, prefix) ?? "";
      return node.kind === "attribute" && prefix !== "" ? (namespaceOf(node.parent, prefix) ?? "") : "";
    }),
    string: define(0, 1, ([value], { node }) => (value === undefined ? stringOf(node) : toText(value))),
    concat: onText(2, Infinity, (...texts) => texts.join("")),
    "starts-with": onText(2, 2, (text, part) => text!.startsWith(part!)),
    contains: onText(2, 2, (text, part) => text!.includes(part!)),
    "substring-before": onText(2, 2, (text, part) => text!.slice(0, Math.max(0, text!.indexOf(part!)))),
    "substring-after": onText(2, 2, (text, part) =>
      text!.includes(part!) ? text!.slice(text!.indexOf(part!) + part!.length) : "",
    ),
    substring: define(2, 3, ([value, start, length]) => {
      const first = Math.round(toNumber(start!));
      const end = length === undefined ? Infinity : first + Math.round(toNumber(length));
      return Array.from(toText(value!), (letter, index) => (index + 1 >= first && index + 1 < end ? letter : "")).join(
        "",
      );
    }),
    "string-length": onText(0, 1, (text) => text!.length),
    "normalize-space": onText(0, 1, (text) => text!.trim().replace(/\s+/g, " ")),
    translate: onText(3, 3, (text, from, to) =>
      Array.from(text!, (letter) => (from!.includes(letter) ? (to![from!.indexOf(letter)] ?? "") : letter)).join(""),
    ),
    boolean: define(1, 1, ([value]) => toBoolean(value!)),
    not: define(1, 1, ([value]) => !toBoolean(value!)),
    true: define(0, 0, () => true),
    false: define(0, 0, () => false),
    lang: define(1, 1, ([value], { node }) => language(node).startsWith(toText(value!).toLowerCase())),
    number: define(0, 1, ([value], { node }) => toNumber(value ?? stringOf(node))),
    floor: onNumber(Math.floor),
    ceiling: onNumber(Math.ceil),
    round: onNumber(Math.round),
  }),
);

function nodes(value: XPathValue): readonly XmlNode[] {
  if (!isNodes(value)) throw new XPathError("a path is expected, it has a value");
  return value;
}

function language(node: XmlNode): string {
  let at: XmlNode | undefined = node;
  const own = (element: XmlElement) => element.attributes.find(({ name }) => name === "xml:lang")?.value;
  for (; at !== undefined; at = at.parent) {
    const found = at.kind === "element" ? own(at) : undefined;
    if (found !== undefined) return found.toLowerCase();
  }
  return "";
}
