import { type FactorySource, loadFactory, planTriggers } from "adf-local";
import { z } from "zod";
import { messageOf } from "../../command-line/message";
import type { Resource } from "./factory-view";

const reference = z.looseObject({ pipelineReference: z.looseObject({ referenceName: z.string() }) });
const trigger = z.looseObject({
  type: z.string(),
  runtimeState: z.string().default("Unknown"),
  pipelines: z.array(reference).default([]),
  /** Of a tumbling window trigger. */
  pipeline: reference.optional(),
});

/** A trigger, and when it fires next. */
export interface ShownTrigger {
  readonly name: string;
  readonly type: string;
  readonly runtimeState: string;
  readonly pipelines: readonly string[];
  /** ISO 8601 in UTC; none of a trigger on blobs. */
  readonly next: readonly string[];
  /** Why its next firings are not known. */
  readonly problem?: string;
}

/** The triggers of a factory with their next firings, as the interpreter plans them. */
export function withFirings(triggers: readonly Resource[], now: Date, count = 3): readonly ShownTrigger[] {
  return triggers.map(({ name, properties }) => {
    const { type, runtimeState, pipelines, pipeline } = trigger.parse(properties);
    const started = [...pipelines, ...(pipeline ? [pipeline] : [])].map((one) => one.pipelineReference.referenceName);
    const shown = { name, type, runtimeState, pipelines: started };
    try {
      const [planned] = planTriggers(loadFactory(alone(name, properties)), now, count);
      if (planned === undefined) return { ...shown, next: [], problem: `the times of a ${type} are not known here` };
      return { ...shown, next: planned.next.map(({ time }) => time.toISOString()) };
    } catch (error) {
      return { ...shown, next: [], problem: messageOf(error) };
    }
  });
}

/** A factory of a trigger that starts nothing: its times do not depend on what it starts. */
function alone(name: string, properties: Resource["properties"]): FactorySource {
  const times = Object.entries(properties).filter(([property]) => !["pipelines", "pipeline"].includes(property));
  const triggers = [{ name, properties: Object.fromEntries(times) }];
  // What the JSON holds is checked by loadFactory itself.
  return { name: "times", pipelines: [], triggers: triggers as unknown as NonNullable<FactorySource["triggers"]> };
}
