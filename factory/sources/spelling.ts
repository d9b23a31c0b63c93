import { findName } from "../json";

/** The properties that a kind of JSON has in the service, as far as they are told from unknown ones. `true`: whatever it holds. */
export interface Vocabulary {
  readonly [property: string]: Vocabulary | true;
}

const resource = { id: true, name: true, type: true, etag: true, apiVersion: true, dependsOn: true } as const;

export const PIPELINE: Vocabulary = {
  ...resource,
  properties: {
    activities: true,
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

/** The same JSON with its properties spelled as the service does, which reads them in any case; `unknown` is told the paths of others, and what is known there. */
export function spelled(
  json: unknown,
  vocabulary: Vocabulary,
  unknown: (path: string, known: readonly string[]) => void,
  path = "",
): unknown {
  if (Array.isArray(json)) return json.map((item: unknown) => spelled(item, vocabulary, unknown, path));
  if (typeof json !== "object" || json === null) return json;
  const known = Object.keys(vocabulary);
  return Object.fromEntries(
    Object.entries(json).map(([written, value]: [string, unknown]) => {
      const name = findName(known, written);
      const place = path === "" ? (name ?? written) : `${path}.${name ?? written}`;
      if (name === undefined) {
        unknown(place, known);
        return [written, value];
      }
      const inside = vocabulary[name];
      return [name, inside === undefined || inside === true ? value : spelled(value, inside, unknown, place)];
    }),
  );
}
