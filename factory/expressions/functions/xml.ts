import { isObjectValue, type Value } from "../value";
import { asText, type Content, content, isContent, isXml } from "../value-text";
import { jsonToXml } from "../xml/from-json";
import { parseXml } from "../xml/parser";
import { writeDocument, writeElement } from "../xml/writer";
import { rootOf, type XmlNode } from "../xml/node";
import { isNodes, stringOf } from "../xpath/value";
import { evaluateXPath, XPathError } from "../xpath/xpath";
import { ParameterError } from "../error";
import { eager, type ExpressionFunction, text, wrong } from "./function";

export const XML: Readonly<Record<string, ExpressionFunction>> = {
  xml: eager(1, 1, (value) => {
    if (isContent(value)) {
      parseXml(asText(value));
      return { ...value, "$content-type": XML_TYPE };
    }
    const written = isObjectValue(value) ? jsonToXml(value) : value;
    if (typeof written !== "string") throw wrong("a string of XML, or an object with one root element", value);
    return xmlContent(writeDocument(parseXml(written)));
  }),
  xpath: eager(2, 2, (value, path) => {
    if (!isXml(value)) throw wrong("XML as xml() returns it", value);
    try {
      const found = evaluateXPath(text(path), parseXml(asText(value)));
      return isNodes(found) ? found.map(nodeValue) : found;
    } catch (error) {
      if (error instanceof XPathError) throw new ParameterError(`cannot evaluate "${text(path)}": ${error.message}`);
      throw error;
    }
  }),
};

const XML_TYPE = "application/xml;charset=utf-8";

function xmlContent(written: string): Content {
  return content(XML_TYPE, Buffer.from(written));
}

function nodeValue(node: XmlNode): Value {
  switch (node.kind) {
    case "document":
      return xmlContent(writeElement(rootOf(node)!));
    case "element":
      return xmlContent(writeElement(node));
    case "attribute":
      return `${node.name}="${node.value}"`;
    case "text":
    case "cdata":
    case "space":
      return stringOf(node);
    default:
      throw new ParameterError(`cannot return a node of the kind ${node.kind}`);
  }
}
