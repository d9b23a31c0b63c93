import { z } from "zod";

// What a laptop reads of the provider's resources, by their Terraform names; the rest of them is left alone.

/** Terraform JSON writes a block that exists once as an object or as a list of one. */
const blocks = <T extends z.ZodType>(block: T) =>
  z.preprocess((value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]), z.array(block));

export const triggeredPipeline = z.looseObject({
  name: z.string(),
  parameters: z.record(z.string(), z.string()).default({}),
});

export const container = z.looseObject({ name: z.string() });

export const dataFactory = z.looseObject({
  name: z.string(),
  global_parameter: blocks(z.looseObject({ name: z.string(), type: z.string(), value: z.string() })),
});

export const pipeline = z.looseObject({
  name: z.string(),
  activities_json: z.string().default("[]"),
  parameters: z.record(z.string(), z.string()).default({}),
  variables: z.record(z.string(), z.string()).default({}),
  concurrency: z.number().int().positive().optional(),
});

const trigger = {
  name: z.string(),
  activated: z.boolean().default(true),
  lifecycle: z.looseObject({ ignore_changes: z.array(z.string()).optional() }).optional(),
};

/** A trigger whose state Terraform leaves alone is started after the deployment, which a laptop takes for done. */
const started = <T extends z.infer<z.ZodObject<typeof trigger>>>(trigger: T): T => ({
  ...trigger,
  activated: trigger.activated || trigger.lifecycle?.ignore_changes?.includes("activated") === true,
});

export const blobEventTrigger = z
  .looseObject({
    ...trigger,
    events: z.array(z.enum(["Microsoft.Storage.BlobCreated", "Microsoft.Storage.BlobDeleted"])).min(1),
    blob_path_begins_with: z.string().default(""),
    blob_path_ends_with: z.string().default(""),
    ignore_empty_blobs: z.boolean().default(false),
    pipeline: blocks(triggeredPipeline),
  })
  .transform(started);

const weekday = z.enum(["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]);

export const scheduleTrigger = z
  .looseObject({
    ...trigger,
    frequency: z.enum(["Minute", "Hour", "Day", "Week", "Month"]).default("Minute"),
    interval: z.number().int().positive().default(1),
    start_time: z.iso.datetime({ offset: true }).optional(),
    end_time: z.iso.datetime({ offset: true }).optional(),
    time_zone: z.literal("UTC", "the laptop runs schedules in UTC only").default("UTC"),
    schedule: blocks(
      z.looseObject({
        minutes: z.array(z.number().int().min(0).max(59)).optional(),
        hours: z.array(z.number().int().min(0).max(23)).optional(),
        days_of_week: z.array(weekday).optional(),
        days_of_month: z.array(z.number().int().min(-31).max(31)).optional(),
        monthly: blocks(z.looseObject({ weekday, week: z.number().int().min(-5).max(5).optional() })),
      }),
    ),
    pipeline: blocks(triggeredPipeline),
  })
  .transform(started);

export const workspaceFile = z.looseObject({ path: z.string().startsWith("/"), source: z.string() });

/** The index of `cdktf.out`. */
export const manifest = z.looseObject({
  stacks: z.record(z.string(), z.looseObject({ synthesizedStackPath: z.string() })),
});

/** The Terraform JSON of one stack; each resource has the shape of its type. */
export const stackJson = z.looseObject({
  resource: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

export type PipelineResource = z.infer<typeof pipeline>;
export type TriggeredPipeline = z.infer<typeof triggeredPipeline>;
export type BlobEventTriggerResource = z.infer<typeof blobEventTrigger>;
export type ScheduleTriggerResource = z.infer<typeof scheduleTrigger>;
