import { MonitorMetricAlert } from "@cdktf/provider-azurerm/lib/monitor-metric-alert";
import { Construct } from "constructs";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import { clusterFailures, late, noSuccess, quarantined } from "./alert-queries";
import { LogAlert } from "./log-alert";
import type { Names } from "../../environments/naming";
import type { Placement } from "../placement";

export interface AlertsProps extends Placement {
  readonly names: Names;
  readonly observability: EnvironmentSettings["observability"];
  readonly dataFactoryId: string;
  /** Name of the pipeline that must succeed again and again. */
  readonly scoringPipeline: string;
  /** Name of the activity whose notebook sets rows aside. */
  readonly ingestActivity: string;
  /** Name of the activity whose notebook scores what has landed. */
  readonly scoringActivity: string;
  readonly logAnalyticsWorkspaceId: string;
  /** Whom to tell. */
  readonly actionGroupId: string;
}

/** What an operator is told of: runs that failed, runs that are missing, clusters that failed, deliveries of bad rows, and late predictions. */
export class Alerts extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlertsProps,
  ) {
    super(scope, id);
    const { names, observability } = props;
    const { noScoringHours, quarantineShare, freshnessMinutes } = observability;
    this.addFailedRuns(
      "failed-pipeline-runs",
      "PipelineFailedRuns",
      "A pipeline run has failed: see Data Factory's monitor.",
    );
    this.addFailedRuns(
      "failed-trigger-runs",
      "TriggerFailedRuns",
      "A trigger has failed to start its pipeline: see Data Factory's monitor.",
    );

    const log = {
      resourceGroupName: props.resourceGroupName,
      location: props.location,
      logAnalyticsWorkspaceId: props.logAnalyticsWorkspaceId,
      actionGroupId: props.actionGroupId,
    };
    // A metric that is not sent fires no alert, and neither does a run that never starts: this one asks the logs.
    new LogAlert(this, "no-scoring", {
      ...log,
      name: `${names.alertRules}-no-scoring`,
      description: `No scoring run has succeeded for ${noScoringHours} hours: see whether runs fail and whether the triggers are started.`,
      severity: 1,
      query: noSuccess(props.scoringPipeline, noScoringHours),
      every: "PT1H",
      over: "P2D",
    });
    new LogAlert(this, "cluster-failures", {
      ...log,
      name: `${names.alertRules}-cluster-failures`,
      description: "A cluster has not come up or lost its size: see its event log in the workspace.",
      severity: 2,
      query: clusterFailures,
      every: "PT15M",
      over: "PT1H",
    });
    new LogAlert(this, "quarantine", {
      ...log,
      name: `${names.alertRules}-quarantine`,
      description: `More than a share of ${quarantineShare} of the rows of a run was set aside: see the table quarantine.`,
      severity: 2,
      query: quarantined(props.ingestActivity, quarantineShare),
      every: "PT15M",
      over: "PT1H",
    });
    new LogAlert(this, "late-predictions", {
      ...log,
      name: `${names.alertRules}-late-predictions`,
      description: `More than 5 % of the files of a run waited longer than ${freshnessMinutes} minutes for their predictions: see the view freshness.`,
      severity: 2,
      query: late(props.scoringActivity, freshnessMinutes),
      every: "PT15M",
      over: "PT1H",
    });
  }

  /** Fires at the first failed run, within minutes. */
  private addFailedRuns(id: string, metricName: "PipelineFailedRuns" | "TriggerFailedRuns", description: string): void {
    const { names, resourceGroupName, dataFactoryId, actionGroupId } = this.props;
    new MonitorMetricAlert(this, id, {
      resourceGroupName,
      name: `${names.alertRules}-${id}`,
      description,
      scopes: [dataFactoryId],
      severity: 1,
      frequency: "PT1M",
      windowSize: "PT5M",
      criteria: [
        {
          metricNamespace: "Microsoft.DataFactory/factories",
          metricName,
          aggregation: "Total",
          operator: "GreaterThan",
          threshold: 0,
        },
      ],
      action: [{ actionGroupId }],
    });
  }
}
