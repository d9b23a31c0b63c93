import { Cluster } from "@cdktf/provider-databricks/lib/cluster";
import { ClusterPolicy } from "@cdktf/provider-databricks/lib/cluster-policy";
import { Permissions } from "@cdktf/provider-databricks/lib/permissions";
import { Construct } from "constructs";
import type { EnvironmentSettings } from "../environments/settings";
import type { Names } from "./naming";

export interface PipelineClusterProps {
  readonly names: Names;
  readonly cluster: EnvironmentSettings["cluster"];
  readonly tags: Readonly<Record<string, string>>;
  /** Application id of the identity that runs the notebooks; nobody else can use the cluster. */
  readonly principal: string;
}

/**
 * The cluster that Data Factory's notebook activities run on. It is an existing cluster, not one per activity: the azurerm
 * provider drops the data security mode of new job clusters, and Unity Catalog needs it. All-purpose rates apply.
 */
export class PipelineCluster extends Construct {
  readonly clusterId: string;

  constructor(scope: Construct, id: string, props: PipelineClusterProps) {
    super(scope, id);
    const { names, cluster, principal } = props;
    const policy = new ClusterPolicy(this, "policy", {
      name: names.cluster,
      definition: JSON.stringify(policyDefinition(cluster)),
    });
    const pipelines = new Cluster(this, "cluster", {
      clusterName: names.cluster,
      policyId: policy.id,
      sparkVersion: cluster.runtime,
      nodeTypeId: cluster.nodeType,
      autoscale: { minWorkers: cluster.minWorkers, maxWorkers: cluster.maxWorkers },
      autoterminationMinutes: cluster.autoTerminationMinutes,
      // Databricks forgets a cluster that has not run for 30 days, and Data Factory knows this one by its id.
      isPinned: true,
      dataSecurityMode: "SINGLE_USER",
      singleUserName: principal,
      sparkConf: { "spark.sql.session.timeZone": "UTC" },
      sparkEnvVars: {
        MLFLOW_DFS_TMP: `${names.volumePath}/tmp`,
        MLFLOW_EXPERIMENT_NAME: names.experiment,
      },
      customTags: { ...props.tags },
    });
    new Permissions(this, "permissions", {
      clusterId: pipelines.id,
      // Enough to start it when it has stopped itself, and to run notebooks on it.
      accessControl: [{ servicePrincipalName: principal, permissionLevel: "CAN_RESTART" }],
    });
    this.clusterId = pipelines.id;
  }
}

function policyDefinition(cluster: EnvironmentSettings["cluster"]) {
  const fixed = (value: string) => ({ type: "fixed", value });
  const workers = { type: "range", minValue: cluster.minWorkers, maxValue: cluster.maxWorkers };
  return {
    spark_version: fixed(cluster.runtime),
    node_type_id: fixed(cluster.nodeType),
    driver_node_type_id: fixed(cluster.nodeType),
    "autoscale.min_workers": workers,
    "autoscale.max_workers": workers,
    autotermination_minutes: { type: "range", minValue: 10, maxValue: cluster.autoTerminationMinutes },
    data_security_mode: fixed("SINGLE_USER"),
  };
}
