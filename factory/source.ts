import { z } from "zod";
import { datasetSource, linkedServiceSource } from "./datasets/dataset";
import { json } from "./json";
import { triggerSource } from "./triggers/trigger-source";

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

export const globalParameters = z.record(z.string(), z.looseObject({ type: z.string(), value: json }));

export const factorySource = z.looseObject({
  name: z.string().min(1),
  globalParameters: globalParameters.default({}),
  pipelines: z.array(pipelineSource).readonly(),
  triggers: z.array(triggerSource).readonly().default([]),
  datasets: z.array(datasetSource).readonly().default([]),
  linkedServices: z.array(linkedServiceSource).readonly().default([]),
});

/** A factory as JSON: its pipelines, its triggers, its global parameters, and the datasets and linked services of its activities. */
export type FactorySource = z.input<typeof factorySource>;
/** A pipeline as JSON. */
export type PipelineSource = z.input<typeof pipelineSource>;
export type { TriggerSource } from "./triggers/trigger-source";
