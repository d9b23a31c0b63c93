import { TIME_FUNCTIONS, timeFunctions } from "../expressions/functions/dates";
import { arityProblem, type ExpressionFunction } from "../expressions/functions/function";
import { FUNCTION_NAMES, FUNCTIONS } from "../expressions/functions/table";
import type { Call, Expression } from "../expressions/parser";
import { isTexts, parseTemplate, toExpressionError } from "../expressions/template";
import { systemClock } from "../clock";
import { nearest } from "../problem";
import { constantProblem } from "./constants";

/** What is wrong at a place of an expression's text; `position` counts from 1. */
export interface ExpressionProblem {
  readonly message: string;
  readonly position?: number | undefined;
  /** Whether the service may run it all the same. */
  readonly isWarning?: boolean | undefined;
}

/** One name behind a function, as `parameters` in `pipeline().parameters`. */
export interface Step {
  /** `undefined` where only a run can tell it. */
  readonly name: string | undefined;
  /** Whether it may be missing: `?.`. */
  readonly optional: boolean;
  readonly at: number;
}

/** A function that reads the surroundings of an expression. */
export interface Surrounding {
  readonly parameters: ExpressionFunction["parameters"];
  /** What is wrong with a use of it: `name` is its parameter where that is a constant, `steps` what is read of its value. */
  problem(name: string | undefined, steps: readonly Step[], at: number): FoundProblem | undefined;
}

export interface FoundProblem {
  readonly message: string;
  /** From 0. */
  readonly at: number;
  readonly isWarning?: boolean | undefined;
}

/** What an expression can read where it stands, by lower-case name. */
export type Surroundings = ReadonlyMap<string, Surrounding>;

const EVERYWHERE: ReadonlyMap<string, Pick<ExpressionFunction, "parameters">> = new Map([
  ...FUNCTIONS,
  ...timeFunctions(systemClock),
]);

/** What is wrong with the expressions in a text, before anything is evaluated. */
export function expressionProblems(text: string, surroundings: Surroundings): readonly ExpressionProblem[] {
  if (!text.includes("@")) return [];
  try {
    const template = parseTemplate(text);
    const expressions = isTexts(template) ? template.filter((part) => typeof part !== "string") : [template];
    return expressions.flatMap((expression) => {
      const found: FoundProblem[] = [];
      check(expression, surroundings, found);
      const constant = found.length === 0 ? constantProblem(expression) : undefined;
      return [
        ...found.map(({ at, ...more }) => ({ ...more, position: at + 1 })),
        ...(constant === undefined ? [] : [{ message: constant }]),
      ];
    });
  } catch (error) {
    const { message, position } = toExpressionError(error);
    return [{ message, position }];
  }
}

function check(expression: Expression, surroundings: Surroundings, found: FoundProblem[]): void {
  const steps: Step[] = [];
  let inner = expression;
  for (; inner.kind === "property"; inner = inner.of) {
    const { key, optional, at } = inner;
    steps.unshift({
      name: key.kind === "literal" && typeof key.value === "string" ? key.value : undefined,
      optional,
      at,
    });
    if (key.kind !== "literal") check(key, surroundings, found);
  }
  if (inner.kind === "call") checkCall(inner, steps, surroundings, found);
}

function checkCall(call: Call, steps: readonly Step[], surroundings: Surroundings, found: FoundProblem[]): void {
  const { name, parameters, at } = call;
  parameters.forEach((parameter) => check(parameter, surroundings, found));
  const around = surroundings.get(name.toLowerCase());
  const known = around ?? EVERYWHERE.get(name.toLowerCase());
  if (known === undefined) {
    found.push({ message: unknownFunction(name, surroundings), at });
    return;
  }
  const wrongCount = arityProblem(name, known, parameters.length);
  if (wrongCount !== undefined) found.push({ message: wrongCount, at });
  else {
    const [first] = parameters;
    const constant = first?.kind === "literal" && typeof first.value === "string" ? first.value : undefined;
    const problem = around?.problem(constant, steps, first?.at ?? at);
    if (problem !== undefined) found.push(problem);
  }
}

function unknownFunction(name: string, surroundings: Surroundings): string {
  const near = nearest(name, [...FUNCTION_NAMES, ...TIME_FUNCTIONS, ...surroundings.keys()]);
  const hint = near === undefined ? "Data Factory has none of that name" : `did you mean "${near}"?`;
  return `unknown function "${name}", ${hint}`;
}
