import type { Construct } from "constructs";
import { Factory } from "../components/factory";
import { namesOf, type Names } from "../components/naming";
import { useAzure } from "../components/providers";
import { assignRole } from "../components/role";
import type { EnvironmentSettings } from "../environments/settings";
import type { Databricks } from "./databricks";
import { EnvironmentStack } from "./environment-stack";
import type { Foundation } from "./foundation";

export interface DataFactoryProps {
  readonly foundation: Foundation;
  readonly databricks: Databricks;
}

/** The factory, its two pipelines and what starts them. */
export class DataFactory extends EnvironmentStack {
  constructor(scope: Construct, settings: EnvironmentSettings, { foundation, databricks }: DataFactoryProps) {
    super(scope, "data-factory", settings);
    const names = namesOf(settings);
    const { workspace, factoryIdentity } = foundation;
    useAzure(this, { keepFilledResourceGroups: settings.protect });

    if (settings.dataFactory.workspaceContributor)
      assignRole(this, "workspace_contributor", {
        role: "Contributor",
        on: workspace.resourceId,
        principalId: factoryIdentity.principalId,
        reason: "Data Factory opens the workspace with this identity; Microsoft documents Contributor for that.",
      });
    new Factory(this, "factory", {
      names,
      resourceGroupName: names.resourceGroup,
      location: settings.location,
      identityId: factoryIdentity.id,
      globalParameters: globalParameters(names, settings.training),
      workspaceUrl: workspace.url,
      workspaceResourceId: workspace.resourceId,
      clusterId: databricks.clusterId,
    });
  }
}

/** What differs between environments and reaches the notebooks; Data Factory passes strings only. */
function globalParameters(names: Names, training: EnvironmentSettings["training"]): Readonly<Record<string, string>> {
  return {
    landing_root: `${names.landingUrl}/incoming`,
    catalog: names.catalog,
    schema: names.schema,
    features_table: "features",
    results_data: "predictions",
    model: training.model,
    model_name: names.model,
    horizon_hours: String(training.horizonHours),
  };
}
