import type { Construct } from "constructs";
import { Factory } from "../components/factory/factory";
import { FactoryPipelines } from "../components/factory/factory-pipelines";
import { namesOf } from "../environments/naming";
import { useAzure } from "../components/providers";
import { assignRole } from "../components/access/role";
import { RunReader } from "../components/access/run-reader";
import type { EnvironmentSettings } from "../environments/settings/settings";
import { globalParameters } from "../pipelines/global-parameters";
import type { NotebookRelease } from "../pipelines/language/notebooks";
import { pipelinesOf } from "../pipelines/pipelines";
import { triggers } from "../pipelines/triggers";
import type { Databricks } from "./databricks";
import { EnvironmentStack } from "./environment-stack";
import type { Foundation } from "./foundation";

export interface DataFactoryProps {
  readonly foundation: Foundation;
  readonly databricks: Databricks;
  readonly release: NotebookRelease;
}

/** The factory, its pipelines and what starts them. */
export class DataFactory extends EnvironmentStack {
  readonly dataFactoryId: string;
  /** Name of the pipeline that scores. */
  readonly scoringPipeline: string;

  constructor(scope: Construct, settings: EnvironmentSettings, props: DataFactoryProps) {
    super(scope, "data-factory", settings);
    const names = namesOf(settings);
    const { workspace, factoryIdentity, lake } = props.foundation;
    useAzure(this, { keep: settings.protect });

    if (settings.dataFactory.workspaceContributor)
      assignRole(this, "workspace_contributor", {
        role: "Contributor",
        on: workspace.resourceId,
        principalId: factoryIdentity.principalId,
        reason: "Data Factory opens the workspace with this identity; Microsoft documents Contributor for that.",
      });
    const factory = new Factory(this, "factory", {
      names,
      resourceGroupName: names.resourceGroup,
      location: settings.location,
      access: settings.network.access,
      identityId: factoryIdentity.id,
      globalParameters: globalParameters({ names, settings, resourceGroupId: props.foundation.resourceGroupId }),
      workspaceUrl: workspace.url,
      workspaceResourceId: workspace.resourceId,
      clusterId: props.databricks.clusterId,
    });
    this.dataFactoryId = factory.dataFactoryId;
    assignRole(this, "run_reader", {
      role: settings.federation
        ? names.bootstrapRunReaderRole
        : { id: new RunReader(this, "run-reader", { name: names.runReaderRole }).roleId },
      on: factory.dataFactoryId,
      principalId: factoryIdentity.principalId,
      reason: "The factory asks itself whether a run of scoring is queued before it starts another.",
    });
    if (settings.access.operatorsObjectId !== undefined)
      assignRole(this, "operators", {
        role: "Data Factory Contributor",
        on: factory.dataFactoryId,
        principalId: settings.access.operatorsObjectId,
        principalType: "Group",
        reason:
          "Operators see, cancel and repeat runs, and start and stop triggers; no smaller role of Azure's has these.",
      });
    props.foundation.endpoints?.add(this, {
      owner: "factory",
      to: factory.dataFactoryId,
      subresources: ["dataFactory", "portal"],
    });
    const pipelines = pipelinesOf(props.release, names, settings.scoring);
    this.scoringPipeline = pipelines.scoring.name;
    new FactoryPipelines(this, "pipelines", {
      factory,
      pipelines: Object.values(pipelines),
      triggers: triggers(pipelines, settings, names),
      storageAccountId: lake.accountId,
    });
  }
}
