import { MonitorScheduledQueryRulesAlertV2 } from "@cdktf/provider-azurerm/lib/monitor-scheduled-query-rules-alert-v2";
import { Construct } from "constructs";
import type { Placement } from "../placement";

export interface LogAlertProps extends Placement {
  readonly name: string;
  /** What has happened and where to look, in one line. */
  readonly description: string;
  readonly logAnalyticsWorkspaceId: string;
  /** Whom to tell. */
  readonly actionGroupId: string;
  /** 0 is the severest, 4 the least. */
  readonly severity: 0 | 1 | 2 | 3 | 4;
  /** Kusto query; each row that it returns is a reason to fire. */
  readonly query: string;
  /** How often the query runs; ISO-8601 duration. */
  readonly every: "PT15M" | "PT1H";
  /** How far back it looks, longer than logs are late; ISO-8601 duration, of those that Azure has. */
  readonly over: "PT1H" | "P2D";
}

/** An alert that fires at the first row of a query over Log Analytics, and is resolved when there is none any more. */
export class LogAlert extends Construct {
  constructor(scope: Construct, id: string, props: LogAlertProps) {
    super(scope, id);
    new MonitorScheduledQueryRulesAlertV2(this, "rule", {
      resourceGroupName: props.resourceGroupName,
      location: props.location,
      name: props.name,
      description: props.description,
      scopes: [props.logAnalyticsWorkspaceId],
      severity: props.severity,
      evaluationFrequency: props.every,
      windowDuration: props.over,
      autoMitigationEnabled: true,
      criteria: [
        {
          query: props.query,
          timeAggregationMethod: "Count",
          operator: "GreaterThan",
          threshold: 0,
          failingPeriods: { minimumFailingPeriodsToTriggerAlert: 1, numberOfEvaluationPeriods: 1 },
        },
      ],
      action: { actionGroups: [props.actionGroupId] },
    });
  }
}
