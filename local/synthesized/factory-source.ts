import type { PipelineSource, TriggerSource } from "adf-local";
import type {
  BlobEventTriggerResource,
  PipelineResource,
  ScheduleTriggerResource,
  TriggeredPipeline,
} from "./terraform-resources";

// The provider's resources as Data Factory's own JSON: what the provider sends to the service.

export function pipelineSource(
  { name, parameters, variables, concurrency }: PipelineResource,
  activities: readonly unknown[],
): PipelineSource {
  return {
    name,
    properties: {
      activities,
      parameters: strings(parameters),
      variables: strings(variables),
      ...(concurrency !== undefined && { concurrency }),
    },
  };
}

export function blobEventsTriggerSource(trigger: BlobEventTriggerResource): TriggerSource {
  return {
    name: trigger.name,
    properties: {
      type: "BlobEventsTrigger",
      ...started(trigger),
      typeProperties: {
        events: trigger.events,
        blobPathBeginsWith: trigger.blob_path_begins_with,
        blobPathEndsWith: trigger.blob_path_ends_with,
        ignoreEmptyBlobs: trigger.ignore_empty_blobs,
      },
    },
  };
}

export function scheduleTriggerSource(trigger: ScheduleTriggerResource): TriggerSource {
  const { frequency, interval, start_time, end_time, time_zone, schedule } = trigger;
  const [{ minutes, hours, days_of_week, days_of_month, monthly } = { monthly: [] }] = schedule;
  const recurrence = {
    frequency,
    interval,
    timeZone: time_zone,
    startTime: start_time,
    endTime: end_time,
    schedule: {
      minutes,
      hours,
      weekDays: days_of_week,
      monthDays: days_of_month,
      monthlyOccurrences:
        monthly.length === 0 ? undefined : monthly.map(({ weekday, week }) => ({ day: weekday, occurrence: week })),
    },
  };
  return {
    name: trigger.name,
    properties: { type: "ScheduleTrigger", ...started(trigger), typeProperties: { recurrence } },
  };
}

function started({
  activated,
  pipeline,
}: {
  readonly activated: boolean;
  readonly pipeline: readonly TriggeredPipeline[];
}) {
  return {
    runtimeState: activated ? "Started" : "Stopped",
    pipelines: pipeline.map(({ name, parameters }) => ({ pipelineReference: { referenceName: name }, parameters })),
  } as const;
}

function strings(defaults: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(defaults).map(([name, defaultValue]) => [name, { type: "String", defaultValue }]),
  );
}
