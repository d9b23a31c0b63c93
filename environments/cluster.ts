import { group, oneOf, text, whole } from "./allowed";

/** The autoscaling cluster that runs the notebooks. */
export const cluster = group({
  /** ML runtime with long-term support. Default: the one with the laptop's Spark. Source: Databricks' runtime release notes. */
  runtime: oneOf(["17.3.x-cpu-ml-scala2.13", "16.4.x-cpu-ml-scala2.12"]).default("17.3.x-cpu-ml-scala2.13"),
  /** Virtual machine size of the driver and the workers, in Azure's spelling. No default: it decides the price. */
  nodeType: text(/^Standard_[A-Z]+\d+[a-z]*(_v\d)?$/, "an Azure machine size such as Standard_D4ds_v5"),
  /** Workers beside the driver; at least 1, at most `maxWorkers`. */
  minWorkers: whole(1, 100, "workers"),
  /** Workers beside the driver; at most 100 and no more than the subnets have addresses for. */
  maxWorkers: whole(1, 100, "workers"),
  /** Idle minutes until the cluster stops, 10 to 10000. Default: 20. Source: Databricks' Clusters API. */
  autoTerminationMinutes: whole(10, 10_000, "minutes").default(20),
}).superRefine(
  (sizes, context) => {
    if (sizes?.minWorkers > sizes?.maxWorkers)
      context.addIssue({
        code: "custom",
        path: ["minWorkers"],
        message: `at most cluster.maxWorkers, which is ${sizes.maxWorkers}`,
      });
  },
  { when: () => true },
);
