import { isDeclaration, isText, type XmlChild, type XmlNode } from "../xml/node";
import { XPathError } from "./value";

/** The nodes of an axis, nearest first. */
export function axis(name: string): (node: XmlNode) => readonly XmlNode[] {
  const found = AXES.get(name);
  if (found === undefined) throw new XPathError(`the axis "${name}" is not known`);
  return found;
}

const AXES = new Map<string, (node: XmlNode) => readonly XmlNode[]>([
  ["self", (node) => [node]],
  ["child", children],
  ["descendant", descendants],
  ["descendant-or-self", (node) => [node, ...descendants(node)]],
  ["parent", (node) => (node.parent === undefined ? [] : [node.parent])],
  ["ancestor", ancestors],
  ["ancestor-or-self", (node) => [node, ...ancestors(node)]],
  ["attribute", (node) => (node.kind === "element" ? node.attributes.filter((one) => !isDeclaration(one)) : [])],
  ["following-sibling", (node) => siblings(node).filter(({ order }) => order > node.order)],
  [
    "preceding-sibling",
    (node) =>
      siblings(node)
        .filter(({ order }) => order < node.order)
        .reverse(),
  ],
  ["following", (node) => [node, ...ancestors(node)].flatMap(after).sort((a, b) => a.order - b.order)],
  ["preceding", (node) => [node, ...ancestors(node)].flatMap(before).sort((a, b) => b.order - a.order)],
]);

function children(node: XmlNode): readonly XmlChild[] {
  if (node.kind !== "document" && node.kind !== "element") return [];
  return node.children.filter((child, index, all) => {
    const goesOn = isText(child) && all[index - 1] !== undefined && isText(all[index - 1]!);
    return child.kind !== "declaration" && child.kind !== "type" && !goesOn;
  });
}

function descendants(node: XmlNode): readonly XmlNode[] {
  return children(node).flatMap((child) => [child, ...descendants(child)]);
}

function ancestors(node: XmlNode): readonly XmlNode[] {
  return node.parent === undefined ? [] : [node.parent, ...ancestors(node.parent)];
}

function siblings(node: XmlNode): readonly XmlNode[] {
  return node.parent === undefined || node.kind === "attribute" ? [] : children(node.parent);
}

function after(node: XmlNode): readonly XmlNode[] {
  return siblings(node)
    .filter(({ order }) => order > node.order)
    .flatMap((sibling) => [sibling, ...descendants(sibling)]);
}

function before(node: XmlNode): readonly XmlNode[] {
  return siblings(node)
    .filter(({ order }) => order < node.order)
    .flatMap((sibling) => [sibling, ...descendants(sibling)]);
}
