import { ParameterError } from "./error";
import type { Value } from "./value";

/**
 * Reads the first JSON value of a text as the engine's `json()` does: integers keep every digit; comments, single quotes,
 * names without quotes, a last comma and what is missing at the end are let pass. No text is null.
 */
export function readJson(text: string): Value {
  const reader = new JsonReader(text);
  return reader.atEnd() ? null : reader.value();
}

const SPACE = /(?:[^\S\uFEFF]+|\/\*[^]*?\*\/|\/\/[^\n]*|\/[^*/]?$)*/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const NUMBER = /[-+.\dA-Za-z]+/y;
const NAME = /[\w$]+/y;
const IN_QUOTES = /[^"\\]*/y;
const IN_SINGLE_QUOTES = /[^'\\]*/y;
const WORDS = new Map<string, null | boolean | number>([
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", NaN],
  ["Infinity", Infinity],
]);
const ESCAPES = new Map(Object.entries({ b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }));

class JsonReader {
  private at = 0;

  constructor(private readonly text: string) {}

  atEnd(): boolean {
    this.take(SPACE);
    return this.at >= this.text.length;
  }

  value(): Value {
    this.take(SPACE);
    const start = this.text[this.at] ?? "";
    if (start === "{") return this.object();
    if (start === "[") return this.array();
    if (start === '"' || start === "'") return this.string();
    if (/[-.\d]/.test(start)) return this.number();
    const word = WORDS.get(this.take(WORD));
    if (word === undefined) throw this.unexpected();
    return word;
  }

  private array(): Value {
    const items: Value[] = [];
    this.at += 1;
    while (!this.closes("]")) {
      items.push(this.value());
      this.separator("]");
    }
    return items;
  }

  private object(): Value {
    const properties = new Map<string, Value>();
    this.at += 1;
    while (!this.closes("}")) {
      const name = /["']/.test(this.text[this.at] ?? "") ? this.string() : this.take(NAME);
      this.take(SPACE);
      if (this.text[this.at] !== ":") throw this.unexpected();
      this.at += 1;
      properties.set(name, this.value());
      this.separator("}");
    }
    return Object.fromEntries(properties);
  }

  private closes(bracket: string): boolean {
    if (this.atEnd()) return true;
    if (this.text[this.at] !== bracket) return false;
    this.at += 1;
    return true;
  }

  private separator(bracket: string): void {
    if (this.atEnd() || this.text[this.at] === bracket) return;
    if (this.text[this.at] !== ",") throw this.unexpected();
    this.at += 1;
  }

  private string(): string {
    const quote = this.text[this.at];
    let result = "";
    for (;;) {
      this.at += 1;
      result += this.take(quote === '"' ? IN_QUOTES : IN_SINGLE_QUOTES);
      const letter = this.text[this.at];
      if (letter === undefined)
        throw new ParameterError("expects a string that holds JSON, its last string does not end");
      if (letter === quote) break;
      result += this.escape();
    }
    this.at += 1;
    return result;
  }

  private escape(): string {
    this.at += 1;
    const letter = this.text[this.at] ?? "";
    if (/["'/\\]/.test(letter)) return letter;
    const digits = this.text.slice(this.at + 1, this.at + 5);
    if (letter === "u" && /^[\da-fA-F]{4}$/.test(digits)) {
      this.at += 4;
      return String.fromCharCode(parseInt(digits, 16));
    }
    const escaped = ESCAPES.get(letter);
    if (escaped === undefined) throw this.unexpected();
    return escaped;
  }

  private number(): Value {
    const start = this.at;
    const written = this.take(NUMBER);
    if (written === "-Infinity") return -Infinity;
    if (/^-?\d+$/.test(written)) return /^-?0[0-7]+$/.test(written) ? octal(written) : BigInt(written);
    if (/^0x[\da-f]+$/i.test(written)) return BigInt(written);
    if (/^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(written)) return Number(written);
    this.at = start;
    throw this.unexpected();
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  private unexpected(): ParameterError {
    const found = this.text[this.at];
    const shown = found === undefined ? "ends too early" : `has "${found}" at position ${this.at + 1}`;
    return new ParameterError(`expects a string that holds JSON, it ${shown}`);
  }
}

function octal(written: string): bigint {
  const digits = BigInt(`0o${written.replace("-", "")}`);
  return written.startsWith("-") ? -digits : digits;
}
