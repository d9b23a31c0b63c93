import { z } from "zod";
import { json } from "./json";

// Data Factory's own JSON, as its REST API and its git integration write it. What is not named here is left alone.

/** A parameter or a variable: its type, and what it is unless a run says otherwise. */
const declaration = z.looseObject({ type: z.string().default("String"), defaultValue: json.optional() });

export const pipelineSource = z.looseObject({
  name: z.string().min(1),
  properties: z.looseObject({
    activities: z.array(z.unknown()).readonly().default([]),
    parameters: z.record(z.string(), declaration).default({}),
    variables: z.record(z.string(), declaration).default({}),
    /** Runs at the same time; absent: without limit. */
    concurrency: z.int().positive().optional(),
  }),
});

const triggeredPipeline = z.looseObject({
  pipelineReference: z.looseObject({ referenceName: z.string() }),
  parameters: z.record(z.string(), json).default({}),
});

const trigger = {
  /** Only started triggers start anything. */
  runtimeState: z.enum(["Started", "Stopped", "Disabled"]).default("Stopped"),
  pipelines: z.array(triggeredPipeline).readonly().default([]),
};

const blobEvents = z.looseObject({
  ...trigger,
  type: z.literal("BlobEventsTrigger"),
  typeProperties: z.looseObject({
    events: z
      .array(z.enum(["Microsoft.Storage.BlobCreated", "Microsoft.Storage.BlobDeleted"]))
      .min(1)
      .readonly(),
    blobPathBeginsWith: z.string().default(""),
    blobPathEndsWith: z.string().default(""),
    ignoreEmptyBlobs: z.boolean().default(false),
  }),
});

const weekday = z.enum(["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]);

const recurrence = z.looseObject({
  frequency: z.enum(["Minute", "Hour", "Day", "Week", "Month"]),
  interval: z.int().positive().default(1),
  startTime: z.iso.datetime({ offset: true }).optional(),
  endTime: z.iso.datetime({ offset: true }).optional(),
  timeZone: z.literal("UTC", "schedules run in UTC only").default("UTC"),
  schedule: z
    .looseObject({
      minutes: z.array(z.int().min(0).max(59)).readonly().optional(),
      hours: z.array(z.int().min(0).max(23)).readonly().optional(),
      weekDays: z.array(weekday).readonly().optional(),
      /** From the first of a month, or with a minus from its last. */
      monthDays: z.array(z.int().min(-31).max(31)).readonly().optional(),
      monthlyOccurrences: z
        .array(z.looseObject({ day: weekday, occurrence: z.int().min(-5).max(5).optional() }))
        .readonly()
        .optional(),
    })
    .default({}),
});

const schedule = z.looseObject({
  ...trigger,
  type: z.literal("ScheduleTrigger"),
  typeProperties: z.looseObject({ recurrence }),
});

export const triggerSource = z.looseObject({
  name: z.string().min(1),
  properties: z.discriminatedUnion("type", [blobEvents, schedule]),
});

export const factorySource = z.looseObject({
  name: z.string().min(1),
  globalParameters: z.record(z.string(), z.looseObject({ type: z.string(), value: json })).default({}),
  pipelines: z.array(pipelineSource).readonly(),
  triggers: z.array(triggerSource).readonly().default([]),
});

/** A factory as JSON: its pipelines, its triggers and its global parameters. */
export type FactorySource = z.input<typeof factorySource>;
/** A pipeline as JSON. */
export type PipelineSource = z.input<typeof pipelineSource>;
/** A trigger as JSON. */
export type TriggerSource = z.input<typeof triggerSource>;

interface Named<T> {
  readonly name: string;
  readonly properties: T;
}

/** A trigger on blobs that are created or deleted. */
export type BlobEventsTrigger = Named<z.output<typeof blobEvents>>;
/** A trigger on recurring times. */
export type ScheduleTrigger = Named<z.output<typeof schedule>>;
export type Recurrence = z.output<typeof recurrence>;
/** A pipeline that a trigger starts, and the parameters that it gives it. */
export type TriggeredPipeline = z.output<typeof triggeredPipeline>;
