import type { BlobServiceClient } from "@azure/storage-blob";
import type { BlobItem } from "adf-local";
import {
  containerKinds,
  containersOf,
  DeployedFactories,
  resourceManagerRoutes,
  ResourceStore,
  type Route,
} from "azure-laptop";
import { messageOf } from "../../command-line/message";
import { UserError } from "../../command-line/user-error";
import type { Progress } from "../command/progress";
import type { Azurite } from "../storage/azurite";
import type { CloudFolder } from "./cloud-folder";
import { DeployedFactory } from "./deployed-factory";
import { DeployedWorkspace, DeployedWorkspaces, type DeployedWorkspaceProps } from "./deployed-workspaces";
import { accountsOf, workspaceHostOf } from "./factory-surroundings";

/** Opens what has been deployed to a folder. Throws `UserError` where that cannot be read. */
export function openDeployments(props: DeploymentsProps): Deployments {
  try {
    return new Deployments(props);
  } catch (error) {
    throw new UserError(
      `what was deployed to ${props.folder.out} cannot be read: ${messageOf(error)}; npm run cloud -- --fresh forgets it`,
    );
  }
}

export interface DeploymentsProps extends Pick<DeployedWorkspaceProps, "startSpark" | "groups"> {
  readonly folder: Pick<CloudFolder, "at" | "out">;
  readonly storage: Pick<Azurite, "client" | "list">;
  readonly progress: Progress;
}

/** What has been deployed to this machine: resources, and behind some of them factories, workspaces and containers that work. */
export class Deployments {
  readonly workspaces: DeployedWorkspaces;
  private readonly resources: ResourceStore;
  private readonly factories: DeployedFactories;
  private readonly management: readonly Route[];

  constructor(private readonly props: DeploymentsProps) {
    const { folder, storage, startSpark, groups, progress } = props;
    this.resources = new ResourceStore(folder.at("resources.json"));
    this.workspaces = new DeployedWorkspaces(
      this.resources,
      (name) => new DeployedWorkspace({ folder: folder.at("workspaces", name), startSpark, groups, progress }),
    );
    this.factories = new DeployedFactories(
      this.resources,
      (definition, id) =>
        new DeployedFactory({
          folder: folder.at("factories", definition.name),
          definition,
          workspace: () => this.workspaces.of(workspaceHostOf(id, this.resources)),
          containers: () => this.containersOf(id).map(({ name }) => name),
          list: () => this.blobsOf(id),
          progress,
        }),
    );
    this.management = resourceManagerRoutes(
      this.resources,
      containerKinds(storage.client),
      this.factories.kinds(),
      this.workspaces.kinds(),
    );
  }

  /** Of Resource Manager, and of the factories that there are. */
  get routes(): readonly Route[] {
    return [...this.factories.routes, ...this.management];
  }

  /** Which has the blobs of all accounts. */
  get emulator(): BlobServiceClient {
    return this.props.storage.client;
  }

  async stop(): Promise<void> {
    await this.factories.stop();
    await this.workspaces.stop();
  }

  private containersOf(factoryId: string) {
    return accountsOf(factoryId, this.resources).flatMap((account) => containersOf(account, this.resources));
  }

  /** The blobs that a factory's triggers watch, in containers as the accounts call them. */
  private async blobsOf(factoryId: string): Promise<readonly BlobItem[]> {
    const names = new Map(this.containersOf(factoryId).map(({ name, emulated }) => [emulated, name]));
    const blobs = await this.props.storage.list([...names.keys()]);
    return blobs.map((blob) => ({ ...blob, container: names.get(blob.container) ?? blob.container }));
  }
}
