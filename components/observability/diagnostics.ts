import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

export interface DiagnosticsProps {
  /** Id of the resource that is watched. */
  readonly of: string;
  readonly logAnalyticsWorkspaceId: string;
  /** Log categories. Default: all that the resource has, also later ones. */
  readonly categories?: readonly string[];
  /** Metric categories. Default: none. */
  readonly metrics?: readonly string[];
  /** Asks for a table for each kind of log where the resource would else share one. Default: the resource has only its own tables. */
  readonly ownTables?: boolean;
}

/** Sends the logs of a resource to Log Analytics. */
export function addDiagnostics(scope: Construct, id: string, props: DiagnosticsProps): ITerraformDependable {
  return new MonitorDiagnosticSetting(scope, id, {
    name: "log-analytics",
    targetResourceId: props.of,
    logAnalyticsWorkspaceId: props.logAnalyticsWorkspaceId,
    ...(props.ownTables && { logAnalyticsDestinationType: "Dedicated" }),
    enabledLog: props.categories?.map((category) => ({ category })) ?? [{ categoryGroup: "allLogs" }],
    ...(props.metrics && { enabledMetric: props.metrics.map((category) => ({ category })) }),
  });
}
