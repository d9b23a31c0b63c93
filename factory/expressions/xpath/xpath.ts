import type { XmlDocument } from "../xml/node";
import { Parser } from "./parser";
import { XPathError, type XPathValue } from "./value";

export { XPathError };

/** Evaluates an XPath 1.0 at the root of a document. */
export function evaluateXPath(path: string, document: XmlDocument): XPathValue {
  return new Parser(path).parse()({ node: document, position: 1, size: 1 });
}
