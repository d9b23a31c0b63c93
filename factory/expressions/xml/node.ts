/** A parsed XML document, as far as expressions read it. `order` counts nodes as the document names them. */
export type XmlNode = XmlDocument | XmlElement | XmlAttribute | XmlText | XmlOther;

export interface XmlDocument {
  readonly kind: "document";
  readonly order: number;
  readonly parent: undefined;
  readonly children: XmlChild[];
}

export interface XmlElement {
  readonly kind: "element";
  readonly order: number;
  readonly parent: XmlDocument | XmlElement;
  /** With its prefix. */
  readonly name: string;
  readonly attributes: XmlAttribute[];
  readonly children: XmlChild[];
  /** Written as `<a/>`, not as `<a></a>`. */
  readonly closed: boolean;
}

export interface XmlAttribute {
  readonly kind: "attribute";
  readonly order: number;
  readonly parent: XmlElement;
  readonly name: string;
  readonly value: string;
}

export interface XmlText {
  readonly kind: "text" | "cdata" | "space";
  readonly order: number;
  readonly parent: XmlDocument | XmlElement;
  readonly value: string;
}

/** A comment, an instruction, the declaration or the document type; `written` is it all. */
export interface XmlOther {
  readonly kind: "comment" | "instruction" | "declaration" | "type";
  readonly order: number;
  readonly parent: XmlDocument | XmlElement;
  readonly name: string;
  readonly value: string;
  readonly written: string;
}

export type XmlChild = XmlElement | XmlText | XmlOther;

export function rootOf(document: XmlDocument): XmlElement | undefined {
  return document.children.find((child) => child.kind === "element");
}

/** The namespace that a prefix has at an element; `undefined` where none is declared. */
export function namespaceOf(element: XmlElement, prefix: string): string | undefined {
  if (prefix === "xml") return "http://www.w3.org/XML/1998/namespace";
  const declaration = prefix === "" ? "xmlns" : `xmlns:${prefix}`;
  for (let at: XmlElement | XmlDocument = element; at.kind === "element"; at = at.parent) {
    const found = at.attributes.find(({ name }) => name === declaration);
    if (found !== undefined) return found.value;
  }
  return prefix === "" ? "" : undefined;
}

export function splitName(name: string): { readonly prefix: string; readonly local: string } {
  const at = name.indexOf(":");
  return at < 0 ? { prefix: "", local: name } : { prefix: name.slice(0, at), local: name.slice(at + 1) };
}

export function isDeclaration({ name }: XmlAttribute): boolean {
  return name === "xmlns" || name.startsWith("xmlns:");
}

export function isText(node: XmlNode): node is XmlText {
  return node.kind === "text" || node.kind === "cdata" || node.kind === "space";
}
