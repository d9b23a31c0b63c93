import { randomBytes } from "node:crypto";
import { z } from "zod";
import { SIGNED_IN } from "../entra/identity";
import { type Cluster, clusterSpec, type ClusterSpec } from "./cluster";
import { DatabricksError } from "./databricks-error";
import { requirePolicy } from "./policy-rules";
import { servicePrincipalOf } from "./principal";
import { type Operation, operation } from "./workspace-api";
import type { WorkspaceStore } from "./workspace-store";

const byId = z.looseObject({ cluster_id: z.string().min(1) });
const size = byId.extend(clusterSpec.pick({ num_workers: true, autoscale: true }).shape);

/** Clusters, which run from when they are made until they are terminated: no machine has to start. */
export const clusterOperations: readonly Operation[] = [
  operation("POST", "/clusters/create", (store, { body }) => {
    const spec = clusterSpec.parse(body);
    requireSound(store, spec);
    const [date, time] = new Date().toISOString().replace(/[-:]/g, "").slice(4, 15).split("T");
    const cluster_id = `${date}-${time}-${randomBytes(4).toString("hex")}`;
    put(store, { cluster_id, spec, state: "RUNNING", start_time: Date.now(), isPinned: false });
    return { cluster_id };
  }),
  operation("GET", "/clusters/get", (store, { query }) => shownCluster(requireId(store, Object.fromEntries(query)))),
  operation("GET", "/clusters/list", (store, { query }) => {
    const pinned = query.get("filter_by.is_pinned") === "true";
    return {
      clusters: store.clusters
        .all()
        .filter(({ isPinned }) => isPinned || !pinned)
        .map(shownCluster),
    };
  }),
  operation("POST", "/clusters/edit", (store, { body }) => {
    const before = requireId(store, body);
    const spec = { ...clusterSpec.parse(body), cluster_id: undefined };
    requireSound(store, spec, before.cluster_id);
    return put(store, { ...before, spec });
  }),
  operation("POST", "/clusters/resize", (store, { body }) => {
    const before = requireId(store, body);
    const { num_workers, autoscale } = size.parse(body);
    if (before.state !== "RUNNING") throw wrongState(before);
    const spec = { ...before.spec, autoscale, num_workers: autoscale === undefined ? num_workers : undefined };
    requireSound(store, spec, before.cluster_id);
    return put(store, { ...before, spec });
  }),
  operation("POST", "/clusters/start", (store, { body }) => start(store, requireId(store, body), "TERMINATED")),
  operation("POST", "/clusters/restart", (store, { body }) => start(store, requireId(store, body), "RUNNING")),
  /** It is terminated, and stays. */
  operation("POST", "/clusters/delete", (store, { body }) =>
    put(store, { ...requireId(store, body), state: "TERMINATED" }),
  ),
  operation("POST", "/clusters/permanent-delete", (store, { body }) => {
    const { cluster_id: id, isPinned } = requireId(store, body);
    // Source: databricks/terraform-provider-databricks#113.
    if (isPinned)
      throw new DatabricksError(`Cannot delete pinned cluster ${id}. Please ask an admin to unpin the cluster first.`);
    store.clusters.delete(id);
    store.accessControls.delete(id);
    return {};
  }),
  operation("POST", "/clusters/pin", (store, { body }) => put(store, { ...requireId(store, body), isPinned: true })),
  operation("POST", "/clusters/unpin", (store, { body }) => put(store, { ...requireId(store, body), isPinned: false })),
];

/** As Databricks shows it, with what it fills in. */
function shownCluster({ cluster_id, spec, state, start_time }: Cluster): object {
  const { node_type_id, data_security_mode: mode, cluster_name } = spec;
  const { clientId: creator_user_name } = SIGNED_IN;
  return {
    ...{ driver_node_type_id: node_type_id, enable_elastic_disk: true, cluster_source: "API" },
    ...(mode === "SINGLE_USER" && { single_user_name: creator_user_name }),
    ...spec,
    ...{ spec, cluster_id, creator_user_name, state, state_message: "", start_time },
    default_tags: {
      Vendor: "Databricks",
      Creator: creator_user_name,
      ClusterName: cluster_name,
      ClusterId: cluster_id,
    },
  };
}

function requireId(store: WorkspaceStore, asked: unknown): Cluster {
  const { cluster_id: id } = byId.parse(asked);
  const found = store.clusters.get(id);
  // No 404: Terraform's provider and Databricks' SDKs know these words.
  if (found === undefined) throw new DatabricksError(`Cluster ${id} does not exist`);
  return found;
}

function put(store: WorkspaceStore, cluster: Cluster): object {
  store.clusters.put(cluster.cluster_id, cluster);
  return {};
}

function start(store: WorkspaceStore, cluster: Cluster, from: Cluster["state"]): object {
  if (cluster.state !== from) throw wrongState(cluster);
  return put(store, { ...cluster, state: "RUNNING", start_time: Date.now() });
}

function requireSound(store: WorkspaceStore, spec: ClusterSpec, id?: string): void {
  const { num_workers, autoscale, single_user_name: single, policy_id } = spec;
  if (!/^\d+\.(\d+|x)\.x-.*scala2\.\d+$/.test(spec.spark_version))
    throw new DatabricksError(`Spark version ${spec.spark_version} does not exist.`);
  if (num_workers === undefined && autoscale === undefined)
    throw new DatabricksError("neither num_workers nor autoscale: the cluster has no size");
  if (autoscale !== undefined && autoscale.min_workers > autoscale.max_workers)
    throw new DatabricksError("autoscale.min_workers must not be more than autoscale.max_workers");
  if (single !== undefined && servicePrincipalOf(store, single) === undefined)
    throw new DatabricksError(`single_user_name: ${single} is nobody of this workspace`);
  if (policy_id === undefined) return;
  const policy = store.policies.get(policy_id);
  if (policy === undefined) throw new DatabricksError(`Cluster policy ${policy_id} does not exist.`);
  requirePolicy(spec, policy);
  const most = policy.max_clusters_per_user ?? Infinity;
  const others = store.clusters
    .all()
    .filter(({ cluster_id, spec, state }) => cluster_id !== id && spec.policy_id === policy_id && state === "RUNNING");
  if (others.length >= most)
    throw new DatabricksError(`the policy ${policy.name} lets each user have ${most} clusters, and they are there`);
}

function wrongState({ cluster_id: id, state }: Cluster): DatabricksError {
  return new DatabricksError(`Cluster ${id} is in unexpected state ${state}.`, "INVALID_STATE");
}
