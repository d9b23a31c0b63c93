import type { z } from "zod";
import type { Datasets } from "../datasets/datasets";
import { FactoryError } from "../factory-error";
import { findName, isSameName, type Json } from "../json";
import { allowed, type Problem } from "../problem";
import type { pipelineSource } from "../source";
import type { Activity } from "./activities/activity";
import { loadActivities } from "./activities/load";
import { mismatch, type Parameter, readParameters, valueOf } from "./parameters";
import { type Declaration, readVariables, variableProblems } from "./variables";

/** A pipeline, loaded: what a run of it needs. */
export class Pipeline {
  readonly name: string;
  /** As its JSON has them. */
  readonly properties: z.output<typeof pipelineSource>["properties"];
  readonly activities: readonly Activity[];
  /** Runs at the same time; more are queued. */
  readonly concurrency: number;
  readonly parameters: readonly Parameter[];
  readonly variables: readonly Declaration[];

  /** What cannot run goes to `problems`; with one there, the pipeline is what could be read of it. */
  constructor({ name, properties }: z.output<typeof pipelineSource>, datasets: Datasets, problems: Problem[]) {
    this.name = name;
    this.properties = properties;
    this.activities = loadActivities(properties.activities, datasets, problems);
    this.concurrency = properties.concurrency ?? Infinity;
    this.parameters = readParameters(properties.parameters, problems);
    this.variables = readVariables(properties.variables, problems);
    problems.push(...variableProblems(this.activities, this.variables));
  }

  /** Of some values those that it declares as parameters. */
  declared(given: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
    const names = this.parameters.map(({ name }) => name);
    return Object.fromEntries(Object.entries(given).filter(([name]) => findName(names, name) !== undefined));
  }

  /** The parameters of one run: the given ones over the defaults, each of its type. Throws a `FactoryError` that names all that it does not take. */
  valuesOf(given: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
    const problems = [...undeclared(this, given), ...mismatches(this, given)];
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

/** The parameters that are given and not declared, each in a sentence. */
export function undeclared({ parameters }: Pipeline, given: Readonly<Record<string, unknown>>): readonly string[] {
  const names = parameters.map(({ name }) => name);
  return Object.keys(given)
    .filter((name) => findName(names, name) === undefined)
    .map((name) => `there is no parameter "${name}", ${allowed(name, names)}`);
}

/** The values of another type than their parameters, each in a sentence; `undefined` is a value that only a run can tell. */
export function mismatches(
  { parameters }: Pipeline,
  given: Readonly<Record<string, Json | undefined>>,
): readonly string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const parameter = parameters.find((candidate) => isSameName(candidate.name, name));
    if (parameter === undefined || value === undefined || valueOf(parameter, value) !== undefined) return [];
    return [mismatch(parameter, value)];
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
