import { ExpressionError } from "./error";
import { nextToken, type Token } from "./lexer";

/** An expression; `at` is where it begins in its text, from 0, of a property where its key does. */
export type Expression = Literal | Call | Property;

interface Literal {
  readonly kind: "literal";
  readonly value: null | boolean | bigint | number | string;
  readonly at: number;
}

/** A call of a function. */
export interface Call {
  readonly kind: "call";
  readonly name: string;
  readonly parameters: readonly Expression[];
  readonly at: number;
}

/** What is read of a value by a name or an index. */
export interface Property {
  readonly kind: "property";
  readonly of: Expression;
  readonly key: Expression;
  readonly optional: boolean;
  readonly at: number;
}

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
      if (value.kind === "literal")
        throw new ExpressionError(`"${symbol}" is not expected behind a constant`, this.end);
      const optional = symbol.startsWith("?");
      const key = symbol.endsWith(".") ? this.name() : this.index();
      value = { kind: "property", of: value, key, optional, at: key.at };
    }
  }

  private primary(): Expression {
    const token = this.advance();
    if (token?.kind === "text" || token?.kind === "number") return literal(token.value, token.at);
    if (token?.kind !== "name") throw this.unexpected(token, "a value or a function");
    const word = WORDS.get(token.value.toLowerCase());
    if (word !== undefined) return literal(word, token.at);
    if (this.takeOneOf("(") === undefined) throw this.unexpected(this.ahead.token, `"(" behind ${token.value}`);
    return { kind: "call", name: token.value, parameters: this.parameters(), at: token.at };
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
    return literal(token.value, token.at);
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
    const found = token === undefined ? "the end" : `"${token.value}"`;
    return new ExpressionError(`expected ${wanted}, found ${found}`, (token?.at ?? this.text.length) + 1);
  }
}

function literal(value: Literal["value"], at: number): Literal {
  return { kind: "literal", value, at };
}
