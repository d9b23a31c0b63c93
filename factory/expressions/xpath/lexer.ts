import { XPathError } from "./value";

export interface Token {
  readonly kind: "number" | "text" | "name" | "symbol";
  readonly value: string;
}

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d*)?|\.\d+)|(?<text>"[^"]*"|'[^']*')|(?<symbol>\/\/|::|\.\.|!=|<=|>=|[()[\].@,/|+\-=<>*$])|(?<name>[\p{L}_][\p{L}\p{N}_.-]*(?::(?!:)(?:[\p{L}_][\p{L}\p{N}_.-]*|\*))?))/uy;

/** The words of an XPath; its end is a symbol without characters. */
export function tokens(path: string): readonly Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; path.slice(at).trim() !== ""; at = TOKEN.lastIndex) {
    const groups = TOKEN.exec(path)?.groups;
    if (groups === undefined) throw new XPathError(`position ${at + 1} has no part of an XPath`);
    if (groups["number"] !== undefined) found.push({ kind: "number", value: groups["number"] });
    else if (groups["text"] !== undefined) found.push({ kind: "text", value: groups["text"].slice(1, -1) });
    else if (groups["symbol"] !== undefined) found.push({ kind: "symbol", value: groups["symbol"] });
    else found.push({ kind: "name", value: groups["name"] ?? "" });
  }
  return [...found, { kind: "symbol", value: "" }];
}
