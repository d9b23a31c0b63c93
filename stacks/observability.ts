import { DataAzurermSubscription } from "@cdktf/provider-azurerm/lib/data-azurerm-subscription";
import { LogAnalyticsWorkspace } from "@cdktf/provider-azurerm/lib/log-analytics-workspace";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { ActionGroup } from "../components/observability/action-group";
import { Alerts } from "../components/observability/alerts";
import { addBudget } from "../components/observability/budget";
import { lockDeletion } from "../components/deletion-lock";
import { addDiagnostics } from "../components/observability/diagnostics";
import { namesOf } from "../environments/naming";
import { useAzure } from "../components/providers";
import type { EnvironmentSettings } from "../environments/settings/settings";
import { ingest, score } from "../pipelines/stages";
import type { DataFactory } from "./data-factory";
import { EnvironmentStack } from "./environment-stack";
import type { Foundation } from "./foundation";

export interface ObservabilityProps {
  readonly foundation: Foundation;
  readonly dataFactory: DataFactory;
}

/** What an operator sees, and what keeps operators from mistakes: logs of factory, workspace and lake, alerts, budgets; locks. */
export class Observability extends EnvironmentStack {
  constructor(scope: Construct, settings: EnvironmentSettings, { foundation, dataFactory }: ObservabilityProps) {
    super(scope, "observability", settings);
    const { observability, location, protect } = settings;
    const names = namesOf(settings);
    useAzure(this, { keep: protect });

    const placement = { resourceGroupName: names.resourceGroup, location };
    const logAnalyticsWorkspaceId = new LogAnalyticsWorkspace(this, "logs", {
      ...placement,
      name: names.logAnalytics,
      sku: "PerGB2018",
      retentionInDays: observability.logRetentionDays,
      localAuthenticationEnabled: false,
    }).id;
    addDiagnostics(this, "data-factory", {
      of: dataFactory.dataFactoryId,
      logAnalyticsWorkspaceId,
      ownTables: true,
      categories: ["PipelineRuns", "ActivityRuns", "TriggerRuns"],
      metrics: ["AllMetrics"],
    });
    const ofWorkspace = addDiagnostics(this, "databricks", {
      of: foundation.workspace.resourceId,
      logAnalyticsWorkspaceId,
    });
    addDiagnostics(this, "data-lake", {
      of: `${foundation.lake.accountId}/blobServices/default`,
      logAnalyticsWorkspaceId,
      metrics: ["Transaction"],
    });

    if (protect) this.lock(foundation, ofWorkspace);
    if (!observability.alerts) return;
    const { actionGroupId } = new ActionGroup(this, "operators", {
      names,
      resourceGroupName: names.resourceGroup,
      emails: observability.emails,
    });
    new Alerts(this, "alerts", {
      ...placement,
      names,
      observability,
      dataFactoryId: dataFactory.dataFactoryId,
      scoringPipeline: dataFactory.scoringPipeline,
      ingestActivity: ingest.name,
      scoringActivity: score.name,
      logAnalyticsWorkspaceId,
      actionGroupId,
    });
    if (!observability.budget.enabled) return;
    const subscriptionId = new DataAzurermSubscription(this, "subscription").id;
    for (const group of ["resourceGroup", "managedResourceGroup"] as const)
      addBudget(this, `budget-${group}`, {
        name: `budget-${names[group]}`,
        subscriptionId,
        resourceGroupName: names[group],
        amount: observability.budget[group],
        actionGroupId,
      });
  }

  /**
   * In the last stack, because a lock also keeps what others put on a resource, and must be the first to go. On the containers, not the
   * account: there it would keep the event subscription that a trigger gives up when it stops.
   */
  private lock({ lake, workspace }: Foundation, ofWorkspace: ITerraformDependable): void {
    lockDeletion(this, "landing-lock", {
      on: lake.landingContainerId,
      reason: "Raw files, which nothing else can bring back.",
    });
    lockDeletion(this, "lake-lock", { on: lake.lakeContainerId, reason: "Tables and models of the catalog." });
    lockDeletion(this, "databricks-lock", {
      on: workspace.resourceId,
      after: [ofWorkspace],
      reason: "Runs, experiments and permissions; a new workspace starts without them.",
    });
  }
}
