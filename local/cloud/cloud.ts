import { containerKinds, containersOf, DeployedFactories, resourceManagerRoutes, ResourceStore } from "azure-laptop";
import { Cluster } from "../cluster/cluster";
import { type CommandContext, unlessAborted } from "../command/command";
import { readRuntime } from "../command/runtime";
import { Azurite, requireFreePort } from "../storage/azurite";
import { CloudFolder } from "./cloud-folder";
import { DeployedFactory } from "./deployed-factory";
import { DeployedWorkspace, DeployedWorkspaces } from "./deployed-workspaces";
import { accountsOf, workspaceHostOf } from "./factory-surroundings";
import type { CloudOptions } from "./options";
import { serveCloud } from "./serve-cloud";

/** Answers as Azure until the user stops it: what is deployed is kept, and runs. */
export async function cloud(
  { out, fresh }: CloudOptions,
  root: string,
  { progress, cleanup, signal }: CommandContext,
): Promise<never> {
  const { python, javaHome } = readRuntime(root);
  await requireFreePort();
  const folder = CloudFolder.open(out, fresh);

  const started = Azurite.start(folder.at("azurite"), folder.at("logs", "azurite.log"));
  cleanup.addWhenStarted(started, (azurite) => azurite.stop());
  const azurite = await progress.step("Azurite", started);

  const resources = new ResourceStore(folder.resources);
  const workspaces = new DeployedWorkspaces(resources, (name) => {
    const startSpark = (state: string) =>
      progress.step("Spark", Cluster.start({ python, ...(javaHome !== undefined && { javaHome }), state }));
    return new DeployedWorkspace({ folder: folder.at("workspaces", name), startSpark, progress });
  });
  cleanup.add(() => workspaces.stop());
  const factories = new DeployedFactories(resources, (definition, id) => {
    const containers = () => accountsOf(id, resources).flatMap((account) => containersOf(account, resources));
    return new DeployedFactory({
      folder: folder.at("factories", definition.name),
      definition,
      workspace: () => workspaces.of(workspaceHostOf(id, resources)),
      containers: () => containers().map(({ name }) => name),
      list: async () => {
        const names = new Map(containers().map(({ name, emulated }) => [emulated, name]));
        const blobs = await azurite.list([...names.keys()]);
        return blobs.map((blob) => ({ ...blob, container: names.get(blob.container)! }));
      },
      progress,
    });
  });
  cleanup.add(() => factories.stop());

  const management = resourceManagerRoutes(
    resources,
    containerKinds(azurite.client),
    factories.kinds(),
    workspaces.kinds(),
  );
  const routes = () => [...factories.routes, ...management];
  await serveCloud({ folder, routes, workspaces, progress, cleanup });
  return unlessAborted(new Promise<never>(() => undefined), signal);
}
