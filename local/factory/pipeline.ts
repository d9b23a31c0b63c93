import type { FactoryResource, PipelineResource } from "../synthesized";
import { UserError } from "../../command-line/user-error";
import type { Activity } from "./activities/activity";
import { loadActivities } from "./activities/load";
import { findName, type Json } from "./json";

/** A synthesized pipeline, loaded: what a run of it needs. */
export class Pipeline {
  readonly name: string;
  readonly activities: readonly Activity[];
  /** Runs at the same time; more are queued. */
  readonly concurrency: number;
  readonly variables: Readonly<Record<string, Json>>;
  private readonly defaults: Readonly<Record<string, Json>>;

  constructor(resource: PipelineResource) {
    this.name = resource.name;
    this.activities = loadActivities(resource.name, resource.activities);
    this.concurrency = resource.concurrency ?? Infinity;
    this.variables = resource.variables;
    this.defaults = resource.parameters;
  }

  /** The parameters of one run: the given ones over the defaults. */
  parameters(given: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
    const names = Object.keys(this.defaults);
    const known = Object.entries(given).map(([name, value]) => {
      const found = findName(names, name);
      if (found === undefined)
        throw new UserError(
          `pipeline "${this.name}" has no parameter "${name}", it has: ${names.join(", ") || "none"}`,
        );
      return [found, value];
    });
    return { ...this.defaults, ...(Object.fromEntries(known) as Record<string, Json>) };
  }
}

/** Loads everything of the synthesized factory that can start; whatever cannot run is an error before anything runs. */
export function loadPipelines({
  pipelines,
  blobEventTriggers,
  scheduleTriggers,
}: FactoryResource): readonly Pipeline[] {
  const loaded = pipelines.map((resource) => new Pipeline(resource));
  const names = loaded.map(({ name }) => name);
  for (const trigger of [...blobEventTriggers, ...scheduleTriggers])
    for (const { name } of trigger.pipeline)
      if (!names.includes(name))
        throw new UserError(`trigger "${trigger.name}" starts pipeline "${name}", which does not exist`);
  return loaded;
}
