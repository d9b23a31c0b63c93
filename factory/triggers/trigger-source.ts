import { z } from "zod";
import { findName, json } from "../json";
import { recurrence } from "./recurrence-source";
import { tumblingWindow } from "./tumbling-window-source";
import { oneOf } from "./words";

// Triggers as JSON, as Data Factory's REST API and its git integration write them.

export const triggeredPipeline = z.looseObject({
  pipelineReference: z.looseObject({ referenceName: z.string() }),
  parameters: z.record(z.string(), json).default({}),
});

const common = {
  /** Only started triggers start anything. */
  runtimeState: oneOf(["Started", "Stopped", "Disabled"]).default("Stopped"),
};
const severalPipelines = { ...common, pipelines: z.array(triggeredPipeline).readonly().default([]) };

const blobEvents = z.looseObject({
  ...severalPipelines,
  type: z.literal("BlobEventsTrigger"),
  typeProperties: z
    .looseObject({
      events: z
        .array(oneOf(["Microsoft.Storage.BlobCreated", "Microsoft.Storage.BlobDeleted"]))
        .min(1)
        .readonly(),
      blobPathBeginsWith: z
        .string()
        .regex(/^(\/?[^/]*|\/?[^/]+\/(blobs(\/.*)?)?)$/i, "expected /CONTAINER/ or /CONTAINER/blobs/FOLDER/")
        .default(""),
      blobPathEndsWith: z.string().default(""),
      ignoreEmptyBlobs: z.boolean().default(false),
    })
    .refine(
      ({ blobPathBeginsWith, blobPathEndsWith }) => blobPathBeginsWith + blobPathEndsWith !== "",
      "one of blobPathBeginsWith and blobPathEndsWith is required",
    ),
});

const schedule = z.looseObject({
  ...severalPipelines,
  type: z.literal("ScheduleTrigger"),
  typeProperties: z.looseObject({ recurrence }),
});

const tumblingWindows = z
  .looseObject({
    ...common,
    pipeline: triggeredPipeline.optional(),
    type: z.literal("TumblingWindowTrigger"),
    typeProperties: tumblingWindow,
  })
  .transform(({ pipeline, ...properties }) => ({ ...properties, pipelines: pipeline === undefined ? [] : [pipeline] }));

export const triggerSource = z.looseObject({
  name: z.string().min(1),
  properties: z.discriminatedUnion("type", [blobEvents, schedule, tumblingWindows]),
});

const TYPES = ["BlobEventsTrigger", "ScheduleTrigger", "TumblingWindowTrigger"];

const head = z.looseObject({
  name: z.string().min(1),
  properties: z.looseObject({ type: z.string(), runtimeState: common.runtimeState }),
});

/** A trigger of a type that starts nothing here, and why; `undefined` where the type is known. */
export function foreignTrigger(source: unknown): { readonly isStarted: boolean; readonly message: string } | undefined {
  const { type, runtimeState } = head.safeParse(source).data?.properties ?? {};
  if (type === undefined || findName(TYPES, type) !== undefined) return undefined;
  return {
    isStarted: runtimeState === "Started",
    message: `"${type}" does not run here, supported are ${TYPES.join(", ")}`,
  };
}

/** The trigger with its type spelled as the service does. */
export function withKnownType(source: unknown): unknown {
  const read = head.safeParse(source).data;
  if (read === undefined) return source;
  const { type } = read.properties;
  return { ...read, properties: { ...read.properties, type: findName(TYPES, type) ?? type } };
}

interface Named<T> {
  readonly name: string;
  readonly properties: T;
}

/** A trigger on blobs that are created or deleted. */
export type BlobEventsTrigger = Named<z.output<typeof blobEvents>>;
/** A trigger on recurring times. */
export type ScheduleTrigger = Named<z.output<typeof schedule>>;
/** A trigger on windows of time that follow each other. */
export type TumblingWindowTrigger = Named<z.output<typeof tumblingWindows>>;
export type Trigger = z.output<typeof triggerSource>;
/** A trigger as JSON. */
export type TriggerSource = z.input<typeof triggerSource>;
/** A pipeline that a trigger starts, and the parameters that it gives it. */
export type TriggeredPipeline = z.output<typeof triggeredPipeline>;

/** Triggers in the lists of their types. */
export function byType(triggers: readonly Trigger[]) {
  const blobEventsTriggers: BlobEventsTrigger[] = [];
  const scheduleTriggers: ScheduleTrigger[] = [];
  const tumblingWindowTriggers: TumblingWindowTrigger[] = [];
  for (const { name, properties } of triggers)
    if (properties.type === "BlobEventsTrigger") blobEventsTriggers.push({ name, properties });
    else if (properties.type === "ScheduleTrigger") scheduleTriggers.push({ name, properties });
    else tumblingWindowTriggers.push({ name, properties });
  return { blobEventsTriggers, scheduleTriggers, tumblingWindowTriggers };
}
