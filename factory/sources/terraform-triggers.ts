import type { z } from "zod";
import * as terraform from "./terraform-resources";

// The provider's triggers as Data Factory's own JSON. Their values are checked where every trigger is.

type Read = (resource: unknown) => z.ZodSafeParseResult<object>;

/** `typeProperties` of the triggers that run here, by the resource's type, with the trigger's type in the service. */
const TYPES: Readonly<Record<string, { readonly type: string; readonly read: Read }>> = {
  azurerm_data_factory_trigger_blob_event: {
    type: "BlobEventsTrigger",
    read: (resource) =>
      terraform.blobEvent
        .transform(({ events, blob_path_begins_with, blob_path_ends_with, ignore_empty_blobs }) => ({
          events,
          blobPathBeginsWith: blob_path_begins_with,
          blobPathEndsWith: blob_path_ends_with,
          ignoreEmptyBlobs: ignore_empty_blobs,
        }))
        .safeParse(resource),
  },
  azurerm_data_factory_trigger_schedule: {
    type: "ScheduleTrigger",
    read: (resource) =>
      terraform.schedule
        .transform(({ frequency, interval, start_time, end_time, time_zone, schedule: [schedule] }) => ({
          recurrence: {
            frequency,
            interval,
            startTime: start_time,
            endTime: end_time,
            timeZone: time_zone,
            schedule: {
              minutes: schedule?.minutes,
              hours: schedule?.hours,
              weekDays: schedule?.days_of_week,
              monthDays: schedule?.days_of_month,
              monthlyOccurrences: schedule?.monthly.map(({ weekday, week }) => ({ day: weekday, occurrence: week })),
            },
          },
        }))
        .safeParse(resource),
  },
  azurerm_data_factory_trigger_tumbling_window: {
    type: "TumblingWindowTrigger",
    read: (resource) =>
      terraform.tumblingWindow
        .transform(({ frequency, interval, start_time, end_time, delay, max_concurrency, retry, ...more }) => ({
          frequency,
          interval,
          startTime: start_time,
          endTime: end_time,
          delay,
          maxConcurrency: max_concurrency,
          retryPolicy: retry[0] && { count: retry[0].count, intervalInSeconds: retry[0].interval },
          dependsOn: more.trigger_dependency.map(({ trigger_name, offset, size }) => ({
            ...(trigger_name === undefined
              ? { type: "SelfDependencyTumblingWindowTriggerReference" }
              : {
                  type: "TumblingWindowTriggerDependencyReference",
                  referenceTrigger: { referenceName: trigger_name },
                }),
            offset,
            size,
          })),
        }))
        .safeParse(resource),
  },
};

/** A trigger of the service from a resource. One of another type keeps the resource's, which is then told to be unknown. */
export function triggerJson(type: string, resource: unknown): z.ZodSafeParseResult<object> {
  const head = terraform.trigger.safeParse(resource);
  if (!head.success) return head;
  const { name, isStarted, pipelines } = head.data;
  const known = TYPES[type];
  const typeProperties = known?.read(resource);
  if (typeProperties?.success === false) return typeProperties;
  const triggered = pipelines.map((pipeline) => ({
    pipelineReference: { referenceName: pipeline.name },
    parameters: pipeline.parameters,
  }));
  const properties = {
    type: known?.type ?? type,
    runtimeState: isStarted ? "Started" : "Stopped",
    ...(known?.type === "TumblingWindowTrigger" ? { pipeline: triggered[0] } : { pipelines: triggered }),
    typeProperties: typeProperties?.data,
  };
  return { success: true, data: { name, properties } };
}
