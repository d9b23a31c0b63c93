import { ParameterError } from "../error";
import { type XmlDocument, type XmlElement, type XmlOther, type XmlText, namespaceOf, rootOf, splitName } from "./node";

/** A text that is no well-formed XML. */
export class XmlError extends ParameterError {
  constructor(problem: string) {
    super(`expects well-formed XML, ${problem}`);
  }
}

const NAME = /[\p{L}_][\p{L}\p{N}\p{M}_.:-]*/uy;
const ATTRIBUTE = /\s+([\p{L}_][\p{L}\p{N}\p{M}_.:-]*)\s*=\s*("[^"<]*"|'[^'<]*')/uy;
const DECLARATION = /<\?xml(\s+version\s*=\s*(?:"1\.0"|'1\.0')[^?]*)\?>/y;
const INSTRUCTION = /<\?(?!xml[\s?])([\p{L}_][\p{L}\p{N}_.-]*)\s*([^]*?)\?>/uy;
const COMMENT = /<!--((?:(?!--)[^])*)-->/y;
const TYPE = /<!DOCTYPE\s+([\w.:-]+)\s*(?:\[\s*\]\s*)?>/y;
const CDATA = /<!\[CDATA\[([^]*?)\]\]>/y;
const TEXT = /[^<]+/y;
const SPACE = /^[ \t\r\n]*$/;
const ENTITIES = new Map(Object.entries({ lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" }));

/** Reads a document. White space between elements is left out, unless `xml:space` keeps it. */
export function parseXml(text: string): XmlDocument {
  return new Parser(text.replace(/\r\n?/g, "\n")).document();
}

class Parser {
  private at = 0;
  private nodes = 0;

  constructor(private readonly text: string) {}

  document(): XmlDocument {
    const document: XmlDocument = { kind: "document", order: this.nodes++, parent: undefined, children: [] };
    const declaration = this.match(DECLARATION);
    if (declaration !== null)
      document.children.push(this.other("declaration", document, "xml", declaration[1]!.trim(), declaration[0]));
    while (this.at < this.text.length) {
      const text = this.match(TEXT);
      if (text === null) this.child(document);
      else if (!SPACE.test(text[0])) throw this.error("text outside the root element", this.at - text[0].length);
    }
    if (document.children.filter(({ kind }) => kind === "element").length !== 1)
      throw new XmlError(rootOf(document) ? "it has several root elements" : "it has no root element");
    return document;
  }

  private child(parent: XmlDocument | XmlElement): void {
    let found: RegExpExecArray | null;
    if ((found = this.match(COMMENT)))
      parent.children.push(this.other("comment", parent, "#comment", found[1]!, found[0]));
    else if ((found = this.match(CDATA))) parent.children.push(this.textNode("cdata", parent, found[1]!));
    else if (parent.kind === "document" && (found = this.match(TYPE)))
      parent.children.push(this.other("type", parent, found[1]!, "", `<!DOCTYPE ${found[1]}[]>`));
    else if ((found = this.match(INSTRUCTION)))
      parent.children.push(this.other("instruction", parent, found[1]!, found[2]!, `<?${found[1]} ${found[2]}?>`));
    else this.element(parent);
  }

  private element(parent: XmlDocument | XmlElement): void {
    const start = this.at;
    this.expect("<");
    const name = this.match(NAME)?.[0];
    if (name === undefined) throw this.error("no name of an element");
    const order = this.nodes++;
    const written = this.attributes();
    const closed = this.text.startsWith("/>", this.at);
    const element: XmlElement = { kind: "element", order, parent, name, attributes: [], children: [], closed };
    for (const [attribute, value] of written) {
      const node = { kind: "attribute", order: this.nodes++, parent: element, name: attribute, value } as const;
      element.attributes.push(node);
    }
    this.checkPrefixes(element, start);
    parent.children.push(element);
    this.expect(closed ? "/>" : ">");
    if (!closed) this.content(element);
  }

  private attributes(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (let match = this.match(ATTRIBUTE); match !== null; match = this.match(ATTRIBUTE)) {
      const [, name = "", quoted = ""] = match;
      if (name.startsWith("xmlns:") && quoted.length === 2) throw this.error(`no namespace for "${name}"`);
      if (found.has(name)) throw this.error(`the attribute "${name}" twice`);
      found.set(name, this.decoded(quoted.slice(1, -1).replace(/[\t\n]/g, " ")));
    }
    this.match(/\s*/y);
    return found;
  }

  private content(element: XmlElement): void {
    while (!this.text.startsWith("</", this.at)) {
      if (this.at >= this.text.length) throw this.error(`no end of the element "${element.name}"`);
      const text = this.match(TEXT)?.[0];
      if (text?.includes("]]>")) throw this.error('"]]>" in a text');
      if (text === undefined) this.child(element);
      else if (!SPACE.test(text)) element.children.push(this.textNode("text", element, this.decoded(text)));
      else if (keepsSpace(element)) element.children.push(this.textNode("space", element, text));
    }
    this.expect(`</${element.name}`);
    this.match(/\s*/y);
    this.expect(">");
  }

  private checkPrefixes(element: XmlElement, start: number): void {
    for (const { name } of [element, ...element.attributes]) {
      const { prefix } = splitName(name);
      if (prefix !== "xmlns" && namespaceOf(element, prefix) === undefined)
        throw this.error(`the prefix "${prefix}", which has no namespace,`, start);
    }
  }

  private textNode(kind: XmlText["kind"], parent: XmlText["parent"], value: string): XmlText {
    return { kind, order: this.nodes++, parent, value };
  }

  private other(
    kind: XmlOther["kind"],
    parent: XmlOther["parent"],
    name: string,
    value: string,
    written: string,
  ): XmlOther {
    return { kind, order: this.nodes++, parent, name, value, written };
  }

  private decoded(text: string): string {
    return text.replace(/&([^;\s]*;?)/g, (_, reference: string) => {
      const code = /^#(?:x([\da-f]+)|(\d+));$/i.exec(reference);
      const point = code === null ? NaN : code[1] === undefined ? Number(code[2]) : parseInt(code[1], 16);
      if (point >= 0 && point <= 0x10ffff) return String.fromCodePoint(point);
      const found = reference.endsWith(";") ? ENTITIES.get(reference.slice(0, -1)) : undefined;
      if (found === undefined) throw this.error(`the unknown reference "&${reference}"`);
      return found;
    });
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    this.at += found?.[0].length ?? 0;
    return found;
  }

  private expect(wanted: string): void {
    if (!this.text.startsWith(wanted, this.at)) throw this.error(`no "${wanted}"`);
    this.at += wanted.length;
  }

  private error(what: string, at = this.at): XmlError {
    return new XmlError(`it has ${what} at position ${at + 1}`);
  }
}

function keepsSpace(element: XmlElement): boolean {
  for (let at: XmlElement | XmlDocument = element; at.kind === "element"; at = at.parent) {
    const found = at.attributes.find(({ name }) => name === "xml:space");
    if (found !== undefined) return found.value === "preserve";
  }
  return false;
}
