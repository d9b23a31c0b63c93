import { namespaceOf, splitName, type XmlChild, type XmlDocument, type XmlElement } from "./node";

/** The document in one line, as .NET's `OuterXml`. */
export function writeDocument(document: XmlDocument): string {
  return document.children.map(write).join("");
}

function write(node: XmlChild): string {
  if (node.kind === "element") {
    if (node.closed) return `${open(node)} />`;
    return `${open(node)}>${node.children.map(write).join("")}</${node.name}>`;
  }
  return writeLeaf(node);
}

/** One element over several lines, as .NET's `XElement.ToString`: with the namespaces that it needs from outside. */
export function writeElement(element: XmlElement): string {
  return indented(element, 0, false, outerNamespaces(element));
}

function indented(element: XmlElement, depth: number, mixed: boolean, outer: string): string {
  if (element.closed) return `${open(element)}${outer} />`;
  let result = `${open(element)}${outer}>`;
  let inText = mixed;
  for (const child of element.children) {
    inText ||= child.kind === "text" || child.kind === "cdata" || child.kind === "space";
    if (!inText) result += `\n${"  ".repeat(depth + 1)}`;
    result += child.kind === "element" ? indented(child, depth + 1, inText, "") : writeLeaf(child);
  }
  if (!inText && element.children.length > 0) result += `\n${"  ".repeat(depth)}`;
  return `${result}</${element.name}>`;
}

function outerNamespaces(element: XmlElement): string {
  const prefixes = new Set([element, ...element.attributes].map(({ name }) => splitName(name).prefix));
  return [...prefixes]
    .filter((prefix) => !["xml", "xmlns"].includes(prefix))
    .map((prefix) => ({ name: prefix === "" ? "xmlns" : `xmlns:${prefix}`, value: namespaceOf(element, prefix) ?? "" }))
    .sort((a, b) => b.name.length - a.name.length)
    .filter(({ name, value }) => value !== "" && !element.attributes.some((own) => own.name === name))
    .map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`)
    .join("");
}

function writeLeaf(node: Exclude<XmlChild, XmlElement>): string {
  switch (node.kind) {
    case "text":
    case "space":
      return escapeText(node.value);
    case "cdata":
      return `<![CDATA[${node.value}]]>`;
    default:
      return node.written;
  }
}

function open({ name, attributes }: XmlElement): string {
  return `<${name}${attributes.map((one) => ` ${one.name}="${escapeAttribute(one.value)}"`).join("")}`;
}

export function escapeText(value: string): string {
  return value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[^\P{Cc}\t\n\r\u007F-\u009F]/gu, reference);
}

export function escapeAttribute(value: string): string {
  return escapeText(value)
    .replaceAll('"', "&quot;")
    .replace(/[\n\r]/g, reference);
}

function reference(letter: string): string {
  return `&#x${letter.charCodeAt(0).toString(16).toUpperCase()};`;
}
