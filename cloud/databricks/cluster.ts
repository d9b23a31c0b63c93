import { z } from "zod";

/** What a cluster is asked to be. */
export const clusterSpec = z.looseObject({
  cluster_name: z.string().default(""),
  spark_version: z.string().min(1),
  node_type_id: z.string().optional(),
  driver_node_type_id: z.string().optional(),
  num_workers: z.number().int().min(0).optional(),
  autoscale: z.looseObject({ min_workers: z.number().int().min(0), max_workers: z.number().int().min(1) }).optional(),
  /** Minutes; 0 is never. Source of the bounds: Databricks, clusters/create. */
  autotermination_minutes: z
    .number()
    .int()
    .refine((minutes) => minutes === 0 || (minutes >= 10 && minutes <= 10_000), "must be 0, or from 10 to 10000")
    .default(120),
  data_security_mode: z.string().optional(),
  single_user_name: z.string().optional(),
  policy_id: z.string().optional(),
  /** What a policy has for what is not stated is not filled in here. */
  apply_policy_default_values: z.literal(false).optional(),
});

export type ClusterSpec = Readonly<z.infer<typeof clusterSpec>>;

export const cluster = z.object({
  cluster_id: z.string(),
  spec: clusterSpec,
  state: z.enum(["RUNNING", "TERMINATED"]),
  start_time: z.number(),
  isPinned: z.boolean(),
});

export type Cluster = Readonly<z.infer<typeof cluster>>;

export const policy = z.looseObject({
  policy_id: z.string(),
  name: z.string().min(1),
  /** JSON, which is read only when a cluster is made. */
  definition: z.string().default("{}"),
  max_clusters_per_user: z.number().int().min(1).optional(),
  created_at_timestamp: z.number(),
});

export type Policy = Readonly<z.infer<typeof policy>>;
