import { flag, group, oneOf, text, whole } from "./allowed";

const machineSize = () => text(/^Standard_[A-Z]+\d+[a-z]*(_v\d)?$/, "an Azure machine size such as Standard_D4ds_v5");

/** Machines that are kept running for the cluster, so that it starts within a minute; they cost Azure's price while idle, and no units. */
const pool = group({
  /** Machines that wait; at most one more than `maxWorkers`. Default: 0, which keeps those of the last run only. */
  minIdleInstances: whole(0, 101, "machines").default(0),
  /** Idle minutes until a machine above `minIdleInstances` is given back, 0 to 10000. Default: 15. Source: Databricks' Instance Pools API. */
  idleMinutes: whole(0, 10_000, "minutes").default(15),
});

/** The autoscaling cluster that runs the notebooks. What is stated here is also the most that its policy lets anybody start. */
export const cluster = group({
  /** ML runtime with long-term support. Default: the one with the laptop's Spark. Source: Databricks' runtime release notes. */
  runtime: oneOf(["17.3.x-cpu-ml-scala2.13", "16.4.x-cpu-ml-scala2.12"]).default("17.3.x-cpu-ml-scala2.13"),
  /** Virtual machine size of the workers, in Azure's spelling. No default: it decides the price. */
  nodeType: machineSize(),
  /** Of the driver. Default: `nodeType`. */
  driverNodeType: machineSize().optional(),
  /** Workers beside the driver; at least 1, at most `maxWorkers`. */
  minWorkers: whole(1, 100, "workers"),
  /** Workers beside the driver; at most 100 and no more than the subnets have addresses for. */
  maxWorkers: whole(1, 100, "workers"),
  /** Idle minutes until the cluster stops, 10 to 10000. Default: 10. Source: Databricks' Clusters API. */
  autoTerminationMinutes: whole(10, 10_000, "minutes").default(10),
  /** Takes spot machines for nodes after `onDemandNodes`, and ordinary ones where Azure has none or takes them back. Default: false. */
  spot: flag().default(false),
  /** Nodes that are never spot machines, the driver first; 1 to 101. Default: 1. */
  onDemandNodes: whole(1, 101, "nodes").default(1),
  /** Default: none, each start asks Azure for machines. */
  pool: pool.optional(),
}).superRefine(
  (settings, context) => {
    const report = (property: string, message: string) =>
      context.addIssue({ code: "custom", path: property.split("."), message });
    const { minWorkers, maxWorkers, nodeType, driverNodeType, pool } = settings ?? {};
    if (minWorkers > maxWorkers) report("minWorkers", `at most cluster.maxWorkers, which is ${maxWorkers}`);
    if (!pool) return;
    if (pool.minIdleInstances > maxWorkers + 1)
      report("pool.minIdleInstances", `at most cluster.maxWorkers and a driver, which are ${maxWorkers + 1}`);
    if (settings.spot) report("spot", "false beside cluster.pool: a pool of spot machines has nothing to fall back on");
    if (driverNodeType !== undefined && driverNodeType !== nodeType)
      report("driverNodeType", `none beside cluster.pool, whose machines are all ${nodeType}`);
  },
  { when: () => true },
);
