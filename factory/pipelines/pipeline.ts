import type { z } from "zod";
import type { Datasets } from "../datasets/datasets";
import { FactoryError } from "../factory-error";
import { findName, type Json } from "../json";
import type { pipelineSource } from "../source";
import type { Activity } from "./activities/activity";
import { loadActivities } from "./activities/load";
import { type Declaration, readVariables, variableProblems } from "./variables";

/** A pipeline, loaded and checked: what a run of it needs. */
export class Pipeline {
  readonly name: string;
  readonly activities: readonly Activity[];
  /** Runs at the same time; more are queued. */
  readonly concurrency: number;
  readonly variables: readonly Declaration[];
  private readonly defaults: Readonly<Record<string, Json>>;

  /** Throws a `FactoryError` that names everything that cannot run. */
  constructor({ name, properties }: z.output<typeof pipelineSource>, datasets: Datasets) {
    this.name = name;
    const problems: string[] = [];
    this.activities = loadActivities(properties.activities, datasets, problems);
    this.concurrency = properties.concurrency ?? Infinity;
    this.variables = readVariables(properties.variables, problems);
    problems.push(...variableProblems(this.activities, this.variables));
    this.defaults = defaults(properties.parameters);
    if (problems.length > 0) throw new FactoryError(`pipeline "${name}": ${problems.join("; ")}`);
  }

  /** The parameters of one run: the given ones over the defaults. Throws a `FactoryError` for one that it does not have. */
  parameters(given: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
    const names = Object.keys(this.defaults);
    const known = Object.entries(given).map(([name, value]) => {
      const found = findName(names, name);
      if (found === undefined)
        throw new FactoryError(
          `pipeline "${this.name}" has no parameter "${name}", it has: ${names.join(", ") || "none"}`,
        );
      return [found, value] as const;
    });
    return { ...this.defaults, ...Object.fromEntries(known) };
  }
}

function defaults(
  declared: z.output<typeof pipelineSource>["properties"]["parameters"],
): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(declared).map(([name, { defaultValue = null }]) => [name, defaultValue]));
}
