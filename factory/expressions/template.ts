import { isArray, isObject, type Json } from "../json";
import { ExpressionError, ParameterError } from "./error";
import { evaluate, type Scope } from "./evaluator";
import { type Expression, parseAt } from "./parser";
import { toJson, type Value } from "./value";
import { asText } from "./value-text";

/** A string of the factory: one expression, whose type it keeps, or texts with expressions between them, which give a text. */
export type Template = Expression | readonly (string | Expression)[];

/** Evaluates a JSON value as the factory does: every string in it may hold expressions, also as `{value, type: "Expression"}`. */
export function evaluateJson(value: Json, scope: Scope): Json {
  if (typeof value === "string") return evaluateText(value, scope);
  if (isArray(value)) return value.map((item) => evaluateJson(item, scope));
  if (!isObject(value)) return value;
  if (value["type"] === "Expression" && value["value"] !== undefined) return evaluateJson(value["value"], scope);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, evaluateJson(item, scope)]));
}

/** A string that starts with `@` is one expression and keeps its type; `@{…}` inside a string always gives a string. */
export function evaluateText(text: string, scope: Scope): Json {
  return toJson(evaluateExactly(text, scope));
}

/** The same, before integers and floating point become the one kind of number that JSON has. */
export function evaluateExactly(text: string, scope: Scope): Value {
  try {
    const template = parseTemplate(text);
    if (!isTexts(template)) return evaluate(template, scope);
    return template.map((part) => (typeof part === "string" ? part : asText(evaluate(part, scope)))).join("");
  } catch (error) {
    const { message, position } = toExpressionError(error);
    const place = position === undefined ? "" : `position ${position}: `;
    throw new ExpressionError(`expression ${shortened(text)}: ${place}${message}`);
  }
}

/** Parses a string of the factory. Throws an {@link ExpressionError} with a position. */
export function parseTemplate(text: string): Template {
  if (text.startsWith("@@") && text[2] !== "{") return [text.slice(1)];
  if (text.length > 1 && text.startsWith("@") && text[1] !== "{" && text[1] !== "@") return whole(text);
  return parts(text);
}

export function isTexts(template: Template): template is readonly (string | Expression)[] {
  return Array.isArray(template);
}

/** What is wrong with an expression; throws on what is not a matter of it. */
export function toExpressionError(error: unknown): ExpressionError {
  if (error instanceof ExpressionError) return error;
  if (error instanceof ParameterError) return new ExpressionError(error.message);
  // JavaScript's stack ended: the expression, or JSON or XML that it reads, is nested thousands deep.
  if (error instanceof RangeError) return new ExpressionError("it is nested too deeply, or too large");
  throw error;
}

/** The service's limit. */
const LONGEST_EXPRESSION = 8_192;
const LONGEST_SHOWN = 1_000;

function whole(text: string): Expression {
  checkLength(text.length - 1);
  const { expression, end } = parseAt(text, 1);
  const rest = text.slice(end).trim();
  if (rest !== "")
    throw new ExpressionError(
      `nothing is expected behind the expression, found "${shortened(rest)}"`,
      text.indexOf(rest, end) + 1,
    );
  return expression;
}

function parts(text: string): readonly (string | Expression)[] {
  const found: (string | Expression)[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf("@{", at);
    if (start < 0) return [...found, text.slice(at)];
    if (text[start - 1] === "@" && start > at) {
      found.push(text.slice(at, start - 1), "@{");
      at = start + 2;
      continue;
    }
    const { expression, end } = parseAt(text, start + 2);
    const close = end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
    checkLength(end - start - 2);
    if (text[close] !== "}") throw new ExpressionError('the "@{" has no "}"', start + 1);
    found.push(text.slice(at, start), expression);
    at = close + 1;
  }
}

function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function checkLength(length: number): void {
  if (length > LONGEST_EXPRESSION)
    throw new ExpressionError(`it has ${length} characters, at most ${LONGEST_EXPRESSION} are allowed`);
}
