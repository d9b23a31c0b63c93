import type { EnvironmentSettings } from "../../environments/settings/settings";

type ClusterSettings = EnvironmentSettings["cluster"];

const fixed = (value: string | number) => ({ type: "fixed", value });
const range = (minValue: number, maxValue: number) => ({ type: "range", minValue, maxValue });
const forbidden = { type: "forbidden" };

/**
 * The most that somebody can start: runtime, machines, workers and idle time of the settings. A pool's id is a Terraform reference, which
 * stands in the JSON as it is.
 */
export function policyDefinition(cluster: ClusterSettings, minWorkers: number, poolId: string | undefined): string {
  return JSON.stringify({
    cluster_type: fixed("all-purpose"),
    spark_version: fixed(cluster.runtime),
    runtime_engine: fixed("STANDARD"),
    num_workers: forbidden,
    "autoscale.min_workers": range(minWorkers, cluster.maxWorkers),
    "autoscale.max_workers": range(minWorkers, cluster.maxWorkers),
    autotermination_minutes: range(10, cluster.autoTerminationMinutes),
    data_security_mode: fixed("SINGLE_USER"),
    ...machines(cluster, poolId),
  });
}

function machines({ nodeType, driverNodeType = nodeType, ...cluster }: ClusterSettings, poolId: string | undefined) {
  if (poolId !== undefined) return { instance_pool_id: fixed(poolId), driver_instance_pool_id: fixed(poolId) };
  return {
    instance_pool_id: forbidden,
    driver_instance_pool_id: forbidden,
    node_type_id: fixed(nodeType),
    driver_node_type_id: fixed(driverNodeType),
    "azure_attributes.availability": fixed(availability(cluster)),
    "azure_attributes.first_on_demand": range(cluster.onDemandNodes, 101),
    "azure_attributes.spot_bid_max_price": fixed(SPOT_BID_MAX_PRICE),
  };
}

/** Up to the price of an ordinary machine: evicted for want of machines only. */
export const SPOT_BID_MAX_PRICE = -1;

export const availability = ({ spot }: Pick<ClusterSettings, "spot">) =>
  spot ? "SPOT_WITH_FALLBACK_AZURE" : "ON_DEMAND_AZURE";
