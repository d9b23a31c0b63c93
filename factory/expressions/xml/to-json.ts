import type { Value } from "../value";
import { parseXml } from "./parser";
import type { XmlChild, XmlElement } from "./node";

/** A document as the engine reads it as JSON: attributes by `@`, several elements of a name as an array, text as `#text`. */
export function xmlToJson(written: string): Value {
  return grouped([], parseXml(written).children);
}

function elementValue({ attributes, children, closed }: XmlElement): Value {
  const own = attributes.map(({ name, value }): [string, Value] => [`@${name}`, value]);
  const [only] = children;
  if (own.length > 0) return grouped(own, children);
  if (only === undefined) return closed ? null : "";
  return children.length === 1 && only.kind === "text" ? only.value : grouped(own, children);
}

function grouped(attributes: readonly [string, Value][], children: readonly XmlChild[]): Value {
  const found = new Map<string, Value[]>(attributes.map(([name, value]) => [name, [value]]));
  for (const child of children) {
    if (child.kind === "comment") continue;
    const name = nameOf(child);
    found.set(name, [...(found.get(name) ?? []), valueOf(child)]);
  }
  return Object.fromEntries(
    [...found].map(([name, values]): [string, Value] => [name, values.length === 1 ? values[0]! : values]),
  );
}

function nameOf(child: XmlChild): string {
  switch (child.kind) {
    case "element":
      return child.name;
    case "text":
      return "#text";
    case "cdata":
      return "#cdata-section";
    case "space":
      return "#significant-whitespace";
    case "type":
      return "!DOCTYPE";
    default:
      return `?${child.name}`;
  }
}

function valueOf(child: XmlChild): Value {
  if (child.kind === "element") return elementValue(child);
  if (child.kind !== "declaration") return child.kind === "type" ? { "@name": child.name } : child.value;
  const parts = [...child.value.matchAll(/([\w-]+)\s*=\s*["']([^"']*)["']/g)];
  return Object.fromEntries(parts.map(([, name, value]): [string, Value] => [`@${name}`, value ?? ""]));
}
