import type { XmlNode } from "../xml/node";
import { isText, splitName } from "../xml/node";
import type { Context } from "./functions";
import { toBoolean, type XPathValue } from "./value";

export type Evaluation = (context: Context) => XPathValue;

export type NodeTest = (node: XmlNode) => boolean;

/** One step of a path: an axis, what its nodes must be, and predicates. */
export interface Step {
  readonly axis: (node: XmlNode) => readonly XmlNode[];
  readonly test: NodeTest;
  readonly predicates: readonly Evaluation[];
}

export function takeStep(from: readonly XmlNode[], { axis, test, predicates }: Step): readonly XmlNode[] {
  return inOrder(from.flatMap((node) => filtered(axis(node).filter(test), predicates)));
}

/** A predicate that is a number asks for a place; any other is a condition. */
export function filtered(nodes: readonly XmlNode[], predicates: readonly Evaluation[]): readonly XmlNode[] {
  return predicates.reduce(
    (left, predicate) =>
      left.filter((node, index) => {
        const value = predicate({ node, position: index + 1, size: left.length });
        return typeof value === "number" ? value === index + 1 : toBoolean(value);
      }),
    nodes,
  );
}

export function inOrder(nodes: readonly XmlNode[]): readonly XmlNode[] {
  return [...new Set(nodes)].sort((a, b) => a.order - b.order);
}

/** A name without a prefix is one without a namespace. */
export function nameTest(name: string, axisName: string, hasNamespace: (node: XmlNode) => boolean): NodeTest {
  const kind = axisName === "attribute" ? "attribute" : "element";
  return (node) => {
    if (node.kind !== kind) return false;
    return name === "*" || (node.name === name && splitName(node.name).prefix === "" && !hasNamespace(node));
  };
}

export const NODE_TYPES = new Map<string, NodeTest>([
  ["node", () => true],
  ["text", isText],
  ["comment", ({ kind }) => kind === "comment"],
  ["processing-instruction", ({ kind }) => kind === "instruction"],
]);
