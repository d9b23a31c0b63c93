import { z } from "zod";

// What is read of the provider's resources, by their names in Terraform; the rest of them is left alone.

/** Terraform JSON writes a block that exists once as an object or as a list of one. */
export const blocks = <T extends z.ZodType>(block: T) =>
  z.preprocess((value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]), z.array(block));

export const dataFactory = z.looseObject({
  name: z.string(),
  global_parameter: blocks(z.looseObject({ name: z.string(), type: z.string(), value: z.string() })),
});

export const pipeline = z.looseObject({
  name: z.string(),
  activities_json: z.string().default("[]"),
  parameters: z.record(z.string(), z.unknown()).default({}),
  variables: z.record(z.string(), z.unknown()).default({}),
  concurrency: z.unknown().optional(),
});

const triggered = z.looseObject({ name: z.string(), parameters: z.unknown().optional() });

/** What all triggers have. One whose state Terraform leaves alone is started after the deployment, and counts as started. */
export const trigger = z
  .looseObject({
    name: z.string(),
    activated: z.boolean().default(true),
    lifecycle: z.looseObject({ ignore_changes: z.array(z.string()).optional() }).optional(),
    pipeline: blocks(triggered),
    // An older form of the one pipeline of a schedule.
    pipeline_name: z.string().optional(),
    pipeline_parameters: z.unknown().optional(),
  })
  .transform(({ name, activated, lifecycle, pipeline, pipeline_name, pipeline_parameters }) => ({
    name,
    isStarted: activated || lifecycle?.ignore_changes?.includes("activated") === true,
    pipelines:
      pipeline_name === undefined ? pipeline : [...pipeline, { name: pipeline_name, parameters: pipeline_parameters }],
  }));

export const blobEvent = z.looseObject({
  events: z.unknown(),
  blob_path_begins_with: z.unknown().optional(),
  blob_path_ends_with: z.unknown().optional(),
  ignore_empty_blobs: z.unknown().optional(),
});

export const schedule = z.looseObject({
  frequency: z.unknown().default("Minute"),
  interval: z.unknown().default(1),
  start_time: z.unknown().optional(),
  end_time: z.unknown().optional(),
  time_zone: z.unknown().optional(),
  schedule: blocks(
    z.looseObject({
      minutes: z.unknown().optional(),
      hours: z.unknown().optional(),
      days_of_week: z.unknown().optional(),
      days_of_month: z.unknown().optional(),
      monthly: blocks(z.looseObject({ weekday: z.unknown(), week: z.unknown().optional() })),
    }),
  ),
});

export const tumblingWindow = z.looseObject({
  frequency: z.unknown(),
  interval: z.unknown(),
  start_time: z.unknown(),
  end_time: z.unknown().optional(),
  delay: z.unknown().optional(),
  max_concurrency: z.unknown().default(50),
  retry: blocks(z.looseObject({ count: z.unknown(), interval: z.unknown().optional() })),
  trigger_dependency: blocks(
    z.looseObject({
      trigger_name: z.string().optional(),
      offset: z.unknown().optional(),
      size: z.unknown().optional(),
    }),
  ),
});

/** The Terraform JSON of one stack. */
export const stackJson = z.looseObject({
  resource: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/** The index of `cdktf.out`. */
export const manifest = z.looseObject({
  stacks: z.record(z.string(), z.looseObject({ synthesizedStackPath: z.string() })),
});
