import { Directory } from "@cdktf/provider-databricks/lib/directory";
import { Permissions } from "@cdktf/provider-databricks/lib/permissions";
import { ServicePrincipal } from "@cdktf/provider-databricks/lib/service-principal";
import type { Construct } from "constructs";
import { Experiment } from "../components/workspace/experiment";
import { restrictAddresses } from "../components/network/address-list";
import { LakeCatalog } from "../components/workspace/lake-catalog";
import { namesOf } from "../environments/naming";
import { peopleOf } from "../components/access/people";
import { PipelineCluster } from "../components/workspace/pipeline-cluster";
import { useDatabricks } from "../components/providers";
import type { Release } from "../components/release/release";
import { tagsOf } from "../components/tags";
import { WorkspaceRelease } from "../components/release/workspace-release";
import { lettingIn } from "../environments/settings/network";
import type { EnvironmentSettings } from "../environments/settings/settings";
import { EnvironmentStack } from "./environment-stack";
import type { Foundation } from "./foundation";

export interface DatabricksProps {
  readonly foundation: Foundation;
  readonly release: Release;
}

/** What is inside the workspace: the cluster, Unity Catalog's view of the lake, and the notebooks. */
export class Databricks extends EnvironmentStack {
  readonly clusterId: string;

  constructor(scope: Construct, settings: EnvironmentSettings, { foundation, release }: DatabricksProps) {
    super(scope, "databricks", settings);
    const names = namesOf(settings);
    const { workspace, factoryIdentity, accessConnectorId } = foundation;
    useDatabricks(this, { workspaceUrl: workspace.url, workspaceResourceId: workspace.resourceId });

    const addresses = lettingIn(settings.network);
    if (addresses.length > 0) restrictAddresses(this, addresses);

    // Its entitlements are stated here and nowhere else: a second place would change them back and forth.
    const factory = new ServicePrincipal(this, "factory", {
      applicationId: factoryIdentity.clientId,
      displayName: names.factoryIdentity,
      workspaceAccess: true,
      // As Contributor it enters by itself: who deploys this stack anew finds it there, and takes it over.
      force: true,
    });
    const principal = factory.applicationId;
    const people = peopleOf(settings.access);

    this.clusterId = new PipelineCluster(this, "pipelines", {
      names,
      cluster: settings.cluster,
      tags: tagsOf(settings),
      principal,
      people,
    }).clusterId;
    const { volume } = new LakeCatalog(this, "lake", {
      names,
      accessConnectorId,
      principal,
      people,
      forceDestroy: !settings.protect,
    });

    const folder = new Directory(this, "folder", { path: names.workspaceFolder, deleteRecursive: true });
    new Permissions(this, "folder_permissions", {
      directoryPath: folder.path,
      accessControl: [{ servicePrincipalName: principal }, ...people.dataScientists, ...people.operators].map(
        (who) => ({
          ...who,
          permissionLevel: "CAN_READ",
        }),
      ),
    });
    new WorkspaceRelease(this, "release", { release, parent: folder });
    new Experiment(this, "training", { names, folder, volume, principal, people });
  }
}
