import { spelledActivities } from "./activity-spelling";
import type { Vocabulary } from "./spelling";

const resource = { id: true, name: true, type: true, etag: true, apiVersion: true, dependsOn: true } as const;

export const PIPELINE: Vocabulary = {
  ...resource,
  properties: {
    activities: spelledActivities,
    annotations: true,
    concurrency: true,
    description: true,
    folder: true,
    lastPublishTime: true,
    parameters: true,
    policy: true,
    runDimensions: true,
    variables: true,
  },
};

const triggered: Vocabulary = { pipelineReference: { referenceName: true, name: true, type: true }, parameters: true };

export const TRIGGER: Vocabulary = {
  ...resource,
  properties: {
    annotations: true,
    description: true,
    pipeline: triggered,
    pipelines: triggered,
    runtimeState: true,
    type: true,
    typeProperties: {
      blobPathBeginsWith: true,
      blobPathEndsWith: true,
      delay: true,
      dependsOn: {
        offset: true,
        referenceTrigger: { referenceName: true, type: true },
        size: true,
        type: true,
      },
      endTime: true,
      events: true,
      frequency: true,
      ignoreEmptyBlobs: true,
      interval: true,
      maxConcurrency: true,
      recurrence: {
        endTime: true,
        frequency: true,
        interval: true,
        schedule: {
          hours: true,
          minutes: true,
          monthDays: true,
          monthlyOccurrences: { day: true, occurrence: true },
          weekDays: true,
        },
        startTime: true,
        timeZone: true,
      },
      retryPolicy: { count: true, intervalInSeconds: true },
      scope: true,
      startTime: true,
    },
  },
};
