import { refuses } from "../refusals";

refuses([
  [
    "the retired tier",
    { workspace: { sku: "standard" } },
    'dev.workspace.sku is "standard"; allowed: premium; Azure retired the standard tier',
  ],
  [
    "a runtime without long-term support",
    { cluster: { runtime: "17.0.x-cpu-ml-scala2.13" } },
    "allowed: one of 17.3.x-cpu-ml-scala2.13, 16.4.x-cpu-ml-scala2.12",
  ],
  [
    "a machine size",
    { cluster: { nodeType: "D4" } },
    'dev.cluster.nodeType is "D4"; allowed: an Azure machine size such as Standard_D4ds_v5',
  ],
  [
    "no workers",
    { cluster: { minWorkers: 0 } },
    "dev.cluster.minWorkers is 0; allowed: a whole number of workers from 1 to 100",
  ],
  [
    "half a worker",
    { cluster: { maxWorkers: 1.5 } },
    "dev.cluster.maxWorkers is 1.5; allowed: a whole number of workers from 1 to 100",
  ],
  [
    "fewer workers at most than at least",
    { cluster: { minWorkers: 3 } },
    "dev.cluster.minWorkers is 3; allowed: at most cluster.maxWorkers, which is 2",
  ],
  [
    "more machines in wait than the cluster can have",
    { cluster: { pool: { minIdleInstances: 4 } } },
    "dev.cluster.pool.minIdleInstances is 4; allowed: at most cluster.maxWorkers and a driver, which are 3",
  ],
  [
    "a pool of spot machines",
    { cluster: { pool: {}, spot: true } },
    "dev.cluster.spot is true; allowed: false beside cluster.pool",
  ],
  [
    "a driver that the pool does not have",
    { cluster: { pool: {}, driverNodeType: "Standard_E8ds_v5" } },
    'dev.cluster.driverNodeType is "Standard_E8ds_v5"; allowed: none beside cluster.pool, whose machines are all Standard_D4ds_v5',
  ],
  [
    "only spot machines",
    { cluster: { spot: true, onDemandNodes: 0 } },
    "dev.cluster.onDemandNodes is 0; allowed: a whole number of nodes from 1 to 101",
  ],
  [
    "stopping at once",
    { cluster: { autoTerminationMinutes: 0 } },
    "dev.cluster.autoTerminationMinutes is 0; allowed: a whole number of minutes from 10 to 10000",
  ],
]);
