import { ExpressionError } from "../expressions/error";
import type { Scope } from "../expressions/evaluator";
import { eager, text } from "../expressions/functions/function";
import { evaluateJson } from "../expressions/template";
import { findName, isArray, type Json, type JsonObject, typeName } from "../json";
import type { VariableStore } from "../pipelines/activities/activity";
import { withInner } from "../pipelines/activities/load";
import type { Pipeline } from "../pipelines/pipeline";
import { type Declaration, EMPTY, type VariableType } from "../pipelines/variables";
import type { ActivityRun } from "./records";

/** The variables of one pipeline run, and what it returns. */
export class Variables implements VariableStore {
  private readonly values = new Map<string, Json>();
  private readonly types = new Map<string, VariableType>();
  private returned: JsonObject | undefined;

  constructor(declared: readonly Declaration[]) {
    for (const { name, type, defaultValue } of declared) {
      this.values.set(name, defaultValue);
      this.types.set(name, type);
    }
  }

  /** Evaluates the defaults, once a run begins; one that reads other variables has their defaults. */
  begin(scope: Scope): void {
    const open = new Set(this.values.keys());
    const evaluating = new Set<string>();
    const valueOf = (written: string): Json => {
      const name = this.find(written);
      if (evaluating.has(name)) throw new ExpressionError(`variable "${name}" has itself in its default`);
      if (open.has(name)) {
        evaluating.add(name);
        this.set(name, evaluateJson(this.values.get(name)!, inside) ?? EMPTY[this.types.get(name)!]);
        evaluating.delete(name);
        open.delete(name);
      }
      return this.get(name);
    };
    const inside: Scope = new Map([...scope, ["variables", eager(1, 1, (name) => valueOf(text(name)))]]);
    for (const name of this.values.keys()) valueOf(name);
  }

  /** What the pipeline returns to the one that executes it; `undefined` where it says nothing. */
  get returnValue(): JsonObject | undefined {
    return this.returned;
  }

  get(name: string): Json {
    return this.values.get(this.find(name)) ?? null;
  }

  set(name: string, value: Json): void {
    const found = this.find(name);
    const type = this.types.get(found)!;
    if (typeName(value) !== type)
      throw new ExpressionError(
        `the variable "${found}" of type "${type}" cannot be updated with a value of type "${typeName(value)}"`,
      );
    this.values.set(found, value);
  }

  append(name: string, value: Json): void {
    const found = this.find(name);
    const type = this.types.get(found)!;
    if (type !== "Array")
      throw new ExpressionError(`the variable "${found}" is of type "${type}", only arrays can be appended to`);
    const before = this.values.get(found) ?? null;
    this.values.set(found, [...(isArray(before) ? before : []), value]);
  }

  setReturnValue(values: JsonObject): void {
    this.returned = { ...this.returned, ...values };
  }

  /** Does again what activities of an earlier run did, in their order. */
  restore(runs: readonly ActivityRun[], { activities }: Pick<Pipeline, "activities">): void {
    const works = new Map(activities.flatMap(withInner).map(({ name, work }) => [name, work]));
    const done = runs.filter(({ status }) => status === "Succeeded");
    for (const { name, output } of [...done].sort((one, other) => one.end.localeCompare(other.end))) {
      const work = works.get(name);
      if (output !== undefined) work?.restore?.(output, { variables: this });
      else if (work?.restore !== undefined)
        throw new ExpressionError(`activity "${name}" set a variable to a secure value, which was not kept`);
    }
  }

  private find(name: string): string {
    const found = findName(this.values.keys(), name);
    if (found !== undefined) return found;
    const known = [...this.values.keys()].join(", ") || "none";
    throw new ExpressionError(`unknown variable "${name}", the pipeline has: ${known}`);
  }
}
