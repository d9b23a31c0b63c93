import { namespaceOf, type XmlNode } from "../xml/node";
import { axis } from "./axes";
import { XPATH_FUNCTIONS } from "./functions";
import { type Token, tokens } from "./lexer";
import { type Evaluation, filtered, inOrder, nameTest, NODE_TYPES, type NodeTest, type Step, takeStep } from "./step";
import { compare, isNodes, toBoolean, toNumber, XPathError, type XPathValue } from "./value";

/** Binary operators, those that bind least first. */
const OPERATORS: readonly (readonly string[])[] = [
  ["or"],
  ["and"],
  ["=", "!="],
  ["<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "div", "mod"],
];

export class Parser {
  private readonly words: readonly Token[];
  private at = 0;

  constructor(path: string) {
    this.words = tokens(path);
  }

  parse(): Evaluation {
    const result = this.binary(0);
    if (this.next.value !== "" || this.next.kind !== "symbol") throw this.unexpected();
    return result;
  }

  private get next(): Token {
    return this.words[this.at] ?? { kind: "symbol", value: "" };
  }

  private binary(level: number): Evaluation {
    const operators = OPERATORS[level];
    if (operators === undefined) return this.unary();
    let left = this.binary(level + 1);
    while (this.next.kind !== "text" && operators.includes(this.next.value)) {
      const operator = this.advance().value;
      left = combine(operator, left, this.binary(level + 1));
    }
    return left;
  }

  private unary(): Evaluation {
    if (!this.take("-")) return this.union();
    const value = this.unary();
    return (context) => -toNumber(value(context));
  }

  private union(): Evaluation {
    let left = this.path();
    while (this.take("|")) {
      const [first, second] = [left, this.path()];
      left = (context) => inOrder([...nodesOf(first(context)), ...nodesOf(second(context))]);
    }
    return left;
  }

  private path(): Evaluation {
    if (this.startsPrimary()) {
      const start = this.primary();
      const predicates = this.predicates();
      const steps = this.furtherSteps();
      if (predicates.length + steps.length === 0) return start;
      return (context) => steps.reduce(takeStep, filtered(nodesOf(start(context)), predicates));
    }
    const fromRoot = this.next.value === "/" || this.next.value === "//";
    const alone = this.take("/") && !this.startsStep();
    const steps = alone ? [] : [...(this.take("//") ? [ANYWHERE] : []), this.step(), ...this.furtherSteps()];
    return ({ node }) => steps.reduce<readonly XmlNode[]>(takeStep, [fromRoot ? rootOf(node) : node]);
  }

  private furtherSteps(): Step[] {
    const steps: Step[] = [];
    for (;;) {
      if (this.take("//")) steps.push(ANYWHERE, this.step());
      else if (this.take("/")) steps.push(this.step());
      else return steps;
    }
  }

  private startsPrimary(): boolean {
    const { kind, value } = this.next;
    const calls = kind === "name" && this.words[this.at + 1]?.value === "(" && !NODE_TYPES.has(value);
    return kind === "number" || kind === "text" || value === "(" || calls;
  }

  private startsStep(): boolean {
    return this.next.kind === "name" || ["*", "@", ".", ".."].includes(this.next.value);
  }

  private primary(): Evaluation {
    const { kind, value } = this.advance();
    if (kind === "number") return () => Number(value);
    if (kind === "text") return () => value;
    if (kind === "name") return this.call(value);
    const inner = this.binary(0);
    this.expect(")");
    return inner;
  }

  private call(name: string): Evaluation {
    const found = XPATH_FUNCTIONS.get(name);
    if (found === undefined) throw new XPathError(`the function "${name}" is not known`);
    const values: Evaluation[] = [];
    this.expect("(");
    while (!this.take(")")) {
      if (values.length > 0) this.expect(",");
      values.push(this.binary(0));
    }
    const [least, most] = found.parameters;
    if (values.length < least || values.length > most) throw new XPathError(`${name} has ${values.length} parameters`);
    return (context) =>
      found.call(
        context,
        values.map((value) => value(context)),
      );
  }

  private step(): Step {
    if (this.take(".")) return { axis: axis("self"), test: () => true, predicates: [] };
    if (this.take("..")) return { axis: axis("parent"), test: () => true, predicates: [] };
    let axisName = this.take("@") ? "attribute" : "child";
    if (this.words[this.at + 1]?.value === "::") {
      axisName = this.advance().value;
      this.expect("::");
    }
    return { axis: axis(axisName), test: this.nodeTest(axisName), predicates: this.predicates() };
  }

  private nodeTest(axisName: string): NodeTest {
    const { kind, value } = this.advance();
    const ofType = NODE_TYPES.get(value);
    if (kind === "name" && ofType !== undefined && this.take("(")) {
      const target = value === "processing-instruction" && this.next.kind === "text" ? this.advance().value : undefined;
      this.expect(")");
      return target === undefined ? ofType : (node) => node.kind === "instruction" && node.name === target;
    }
    if (kind !== "name" && value !== "*") throw this.unexpected(this.at - 1);
    if (value.includes(":")) throw new XPathError(`the prefix of "${value}" has no namespace`);
    return nameTest(value, axisName, (node) => node.kind === "element" && namespaceOf(node, "") !== "");
  }

  private predicates(): Evaluation[] {
    const found: Evaluation[] = [];
    while (this.take("[")) {
      found.push(this.binary(0));
      this.expect("]");
    }
    return found;
  }

  private take(symbol: string): boolean {
    const { kind, value } = this.next;
    if (kind !== "symbol" || value !== symbol) return false;
    this.at += 1;
    return true;
  }

  private expect(symbol: string): void {
    if (!this.take(symbol)) throw this.unexpected();
  }

  private advance(): Token {
    const { next } = this;
    this.at += 1;
    return next;
  }

  private unexpected(at = this.at): XPathError {
    const value = this.words[at]?.value || "its end";
    return new XPathError(`"${value}" is not expected as part ${at + 1} of the path`);
  }
}

const ANYWHERE: Step = { axis: axis("descendant-or-self"), test: () => true, predicates: [] };

function combine(operator: string, left: Evaluation, right: Evaluation): Evaluation {
  const arithmetic = ARITHMETIC.get(operator);
  if (arithmetic !== undefined) return (context) => arithmetic(toNumber(left(context)), toNumber(right(context)));
  if (operator === "or") return (context) => toBoolean(left(context)) || toBoolean(right(context));
  if (operator === "and") return (context) => toBoolean(left(context)) && toBoolean(right(context));
  return (context) => compare(operator, left(context), right(context));
}

const ARITHMETIC = new Map<string, (left: number, right: number) => number>([
  ["+", (left, right) => left + right],
  ["-", (left, right) => left - right],
  ["*", (left, right) => left * right],
  ["div", (left, right) => left / right],
  ["mod", (left, right) => left % right],
]);

function nodesOf(value: XPathValue): readonly XmlNode[] {
  if (!isNodes(value)) throw new XPathError("a path is expected, it has a value");
  return value;
}

function rootOf(node: XmlNode): XmlNode {
  return node.parent === undefined ? node : rootOf(node.parent);
}
