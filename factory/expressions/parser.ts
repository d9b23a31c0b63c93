import { ExpressionError } from "./error";
import { nextToken, type Token } from "./lexer";

export type Expression =
  | { readonly kind: "literal"; readonly value: null | boolean | bigint | number | string }
  | { readonly kind: "call"; readonly name: string; readonly parameters: readonly Expression[] }
  | { readonly kind: "property"; readonly of: Expression; readonly key: Expression; readonly optional: boolean };

const WORDS = new Map<string, null | boolean>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Parses one expression that begins at `start`; returns it with the position of the first character behind it. */
export function parseAt(text: string, start: number): { expression: Expression; end: number } {
  const parser = new Parser(text, start);
  return { expression: parser.expression(), end: parser.end };
}

class Parser {
  /** Where the last consumed token ended. */
  end: number;
  private ahead: { token: Token | undefined; end: number };

  constructor(
    private readonly text: string,
    start: number,
  ) {
    this.end = start;
    this.ahead = nextToken(text, start);
  }

  expression(): Expression {
    let value = this.primary();
    for (;;) {
      const symbol = this.takeOneOf(".", "?.", "[", "?[");
      if (symbol === undefined) return value;
      if (value.kind === "literal") throw new ExpressionError(`"${symbol}" is not expected behind a constant`);
      const optional = symbol.startsWith("?");
      value = { kind: "property", of: value, key: symbol.endsWith(".") ? this.name() : this.index(), optional };
    }
  }

  private primary(): Expression {
    const token = this.advance();
    if (token?.kind === "text" || token?.kind === "number") return { kind: "literal", value: token.value };
    if (token?.kind !== "name") throw this.unexpected(token, "a value or a function");
    const word = WORDS.get(token.value.toLowerCase());
    if (word !== undefined) return { kind: "literal", value: word };
    if (this.takeOneOf("(") === undefined) throw this.unexpected(this.ahead.token, `"(" behind ${token.value}`);
    return { kind: "call", name: token.value, parameters: this.parameters() };
  }

  private parameters(): Expression[] {
    if (this.takeOneOf(")")) return [];
    const found = [this.expression()];
    while (this.takeOneOf(",")) found.push(this.expression());
    if (!this.takeOneOf(")")) throw this.unexpected(this.ahead.token, '")"');
    return found;
  }

  private name(): Expression {
    const token = this.advance();
    if (token?.kind !== "name") throw this.unexpected(token, "the name of a property");
    return { kind: "literal", value: token.value };
  }

  private index(): Expression {
    const key = this.expression();
    if (!this.takeOneOf("]")) throw this.unexpected(this.ahead.token, '"]"');
    return key;
  }

  private takeOneOf(...symbols: string[]): string | undefined {
    const { token } = this.ahead;
    if (token?.kind !== "symbol" || !symbols.includes(token.value)) return undefined;
    this.advance();
    return token.value;
  }

  private advance(): Token | undefined {
    const { token, end } = this.ahead;
    this.end = end;
    this.ahead = nextToken(this.text, end);
    return token;
  }

  private unexpected(token: Token | undefined, wanted: string): ExpressionError {
    const found = token === undefined ? "the end" : `"${token.value}" at position ${token.at + 1}`;
    return new ExpressionError(`expected ${wanted}, found ${found}`);
  }
}
