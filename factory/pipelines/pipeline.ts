import type { z } from "zod";
import { FactoryError } from "../factory-error";
import { findName, type Json } from "../json";
import { allowed, type Problem } from "../problem";
import type { pipelineSource } from "../source";
import type { Activity } from "./activities/activity";
import { loadActivities } from "./activities/load";
import { mismatch, type Parameter, readParameters, valueOf } from "./parameters";
import { type Declaration, readVariables, variableProblems } from "./variables";

/** A pipeline, loaded: what a run of it needs. */
export class Pipeline {
  readonly name: string;
  readonly activities: readonly Activity[];
  /** Runs at the same time; more are queued. */
  readonly concurrency: number;
  readonly parameters: readonly Parameter[];
  readonly variables: readonly Declaration[];

  /** What cannot run goes to `problems`; with one there, the pipeline is what could be read of it. */
  constructor({ name, properties }: z.output<typeof pipelineSource>, problems: Problem[]) {
    this.name = name;
    this.activities = loadActivities(properties.activities, problems);
    this.concurrency = properties.concurrency ?? Infinity;
    this.parameters = readParameters(properties.parameters, problems);
    this.variables = readVariables(properties.variables, problems);
    problems.push(...variableProblems(this.activities, this.variables));
  }

  /** The parameters of one run: the given ones over the defaults, each of its type. Throws a `FactoryError` that names all that it does not take. */
  valuesOf(given: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
    const problems = parameterProblems(this, given);
    if (problems.length > 0)
      throw new FactoryError(problems.map((message) => ({ resource: `pipeline "${this.name}"`, message })));
    const values = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
    return Object.fromEntries(
      this.parameters.map((parameter) => {
        const value = values.get(parameter.name.toLowerCase()) ?? parameter.defaultValue ?? null;
        return [parameter.name, valueOf(parameter, value) ?? value];
      }),
    );
  }
}

/** What a pipeline does not take of the parameters that it is given; `undefined` is a value that only a run can tell. */
export function parameterProblems(
  { parameters }: Pipeline,
  given: Readonly<Record<string, Json | undefined>>,
): readonly string[] {
  const names = parameters.map(({ name }) => name);
  return Object.entries(given).flatMap(([name, value]) => {
    const parameter = parameters.find((candidate) => candidate.name === findName(names, name));
    if (parameter === undefined) return [`there is no parameter "${name}", ${allowed(name, names)}`];
    return value !== undefined && valueOf(parameter, value) === undefined ? [mismatch(parameter, value)] : [];
  });
}

/** The parameters without a default that are not given, in a sentence; `undefined` where there is none. */
export function missingParameters(
  { parameters }: Pipeline,
  given: Readonly<Record<string, unknown>>,
): string | undefined {
  const missing = parameters
    .filter(({ name, defaultValue }) => defaultValue === undefined && findName(Object.keys(given), name) === undefined)
    .map(({ name, type }) => `"${name}" of type ${type}`);
  return missing.length === 0 ? undefined : `no value is given and there is no default for ${missing.join(", ")}`;
}
