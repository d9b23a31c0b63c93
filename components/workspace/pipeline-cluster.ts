import { Cluster } from "@cdktf/provider-databricks/lib/cluster";
import { ClusterPolicy } from "@cdktf/provider-databricks/lib/cluster-policy";
import { InstancePool } from "@cdktf/provider-databricks/lib/instance-pool";
import { Permissions } from "@cdktf/provider-databricks/lib/permissions";
import { Construct } from "constructs";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import { availability, policyDefinition, SPOT_BID_MAX_PRICE } from "./cluster-policy";
import type { Names } from "../../environments/naming";
import type { People } from "../access/people";

export interface PipelineClusterProps {
  readonly names: Names;
  readonly cluster: EnvironmentSettings["cluster"];
  readonly tags: Readonly<Record<string, string>>;
  /** Application id of the identity that runs the notebooks; nobody else can use the cluster. */
  readonly principal: string;
  readonly people: People;
}

/**
 * The cluster that Data Factory's notebook activities run on. It is an existing cluster, not one per activity: the azurerm
 * provider drops the data security mode of new job clusters, and Unity Catalog needs it. All-purpose rates apply.
 */
export class PipelineCluster extends Construct {
  readonly clusterId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PipelineClusterProps,
  ) {
    super(scope, id);
    const { names, cluster, principal, people } = props;
    const poolId = cluster.pool && this.addPool(cluster.pool);
    const policy = new ClusterPolicy(this, "policy", {
      name: names.cluster,
      maxClustersPerUser: 1,
      definition: policyDefinition(cluster, cluster.minWorkers, poolId),
    });
    const pipelines = new Cluster(this, "cluster", {
      clusterName: names.cluster,
      policyId: policy.id,
      sparkVersion: cluster.runtime,
      runtimeEngine: "STANDARD",
      ...this.machines(poolId),
      autoscale: { minWorkers: cluster.minWorkers, maxWorkers: cluster.maxWorkers },
      autoterminationMinutes: cluster.autoTerminationMinutes,
      // Databricks forgets a cluster that has not run for 30 days, and Data Factory knows this one by its id.
      isPinned: true,
      // Made, it is started once; where Azure has no machines just then, the provider would delete it and stop the deployment.
      noWait: true,
      dataSecurityMode: "SINGLE_USER",
      singleUserName: principal,
      sparkConf: { "spark.sql.session.timeZone": "UTC" },
      sparkEnvVars: {
        MLFLOW_DFS_TMP: `${names.volumePath}/tmp`,
        MLFLOW_EXPERIMENT_NAME: names.experiment,
      },
      // Beside a pool none: its tags are the machines', and Databricks refuses a cluster that repeats one.
      ...(poolId === undefined && { customTags: { ...props.tags } }),
    });
    new Permissions(this, "permissions", {
      clusterId: pipelines.id,
      // Enough to start it when it has stopped itself; only its single user runs anything on it.
      accessControl: [{ servicePrincipalName: principal }, ...people.operators].map((who) => ({
        ...who,
        permissionLevel: "CAN_RESTART",
      })),
    });
    if (people.dataScientists.length > 0) this.addScientistsPolicy();
    this.clusterId = pipelines.id;
  }

  private machines(poolId: string | undefined) {
    if (poolId !== undefined) return { instancePoolId: poolId, driverInstancePoolId: poolId };
    const { nodeType, driverNodeType = nodeType, spot, onDemandNodes } = this.props.cluster;
    return {
      nodeTypeId: nodeType,
      driverNodeTypeId: driverNodeType,
      azureAttributes: {
        availability: availability({ spot }),
        firstOnDemand: onDemandNodes,
        spotBidMaxPrice: SPOT_BID_MAX_PRICE,
      },
    };
  }

  private addPool({ minIdleInstances, idleMinutes }: NonNullable<EnvironmentSettings["cluster"]["pool"]>): string {
    const { names, cluster, tags } = this.props;
    return new InstancePool(this, "pool", {
      instancePoolName: names.cluster,
      nodeTypeId: cluster.nodeType,
      minIdleInstances,
      maxCapacity: cluster.maxWorkers + 1,
      idleInstanceAutoterminationMinutes: idleMinutes,
      preloadedSparkVersions: [cluster.runtime],
      azureAttributes: { availability: "ON_DEMAND_AZURE" },
      customTags: { ...tags },
    }).id;
  }

  /**
   * A cluster of their own for each data scientist, no larger than the pipelines': theirs belongs to the factory's identity alone. It takes
   * no machines of the pool, of which there are no more than the pipelines need.
   */
  private addScientistsPolicy(): void {
    const { names, cluster, people } = this.props;
    const policy = new ClusterPolicy(this, "scientists-policy", {
      name: names.scientistsPolicy,
      maxClustersPerUser: 1,
      definition: policyDefinition(cluster, 1, undefined),
    });
    new Permissions(this, "scientists-policy-permissions", {
      clusterPolicyId: policy.id,
      accessControl: people.dataScientists.map((who) => ({ ...who, permissionLevel: "CAN_USE" })),
    });
  }
}
