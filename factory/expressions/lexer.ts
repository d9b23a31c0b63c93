import { ExpressionError } from "./error";
import { isInt64 } from "./value";

export type Token =
  | { readonly kind: "text"; readonly value: string; readonly at: number }
  | { readonly kind: "number"; readonly value: bigint | number; readonly at: number }
  | { readonly kind: "name"; readonly value: string; readonly at: number }
  | { readonly kind: "symbol"; readonly value: string; readonly at: number };

const SPACE = /\s+/y;
const NUMBER = /[-+]?\d+(\.\d*)?([eE][+-]?\d+)?/y;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const SYMBOL = /\?\.|\?\[|[()[\].,}]/y;
const TEXT = /'((?:[^']|'')*)'/y;

/** Reads the token at `start`; `undefined` at the end of the text. */
export function nextToken(text: string, start: number): { token: Token | undefined; end: number } {
  const at = start + (match(SPACE, text, start)?.[0].length ?? 0);
  if (at >= text.length) return { token: undefined, end: at };

  let found: RegExpExecArray | null;
  if ((found = match(TEXT, text, at))) return done({ kind: "text", value: found[1]!.replaceAll("''", "'"), at }, found);
  if (text[at] === "'") throw new ExpressionError("the string constant is not terminated", at + 1);
  if ((found = match(NUMBER, text, at))) return done({ kind: "number", value: toNumber(found[0], at), at }, found);
  if ((found = match(NAME, text, at))) return done({ kind: "name", value: found[0], at }, found);
  if ((found = match(SYMBOL, text, at))) return done({ kind: "symbol", value: found[0], at }, found);
  throw new ExpressionError(`the character "${text[at]}" is not expected`, at + 1);
}

function toNumber(written: string, at: number): bigint | number {
  if (/[.eE]/.test(written)) return Number(written);
  const value = BigInt(written.replace(/^\+/, ""));
  if (!isInt64(value)) throw new ExpressionError(`the integer ${written} has more than 64 bits`, at + 1);
  return value;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function done(token: Token, found: RegExpExecArray): { token: Token; end: number } {
  return { token, end: token.at + found[0].length };
}
