import { type CommandContext, unlessAborted } from "../command/command";
import { readRuntime } from "../command/runtime";
import { Cluster } from "../cluster/cluster";
import { Azurite, requireFreePort } from "../storage/azurite";
import { CloudFolder } from "./cloud-folder";
import { openDeployments } from "./deployments";
import type { CloudOptions } from "./options";
import { serveCloud } from "./serve-cloud";

/** Answers as Azure until the user stops it: what is deployed is kept, and runs. */
export async function cloud(
  { out, fresh, group: groups }: CloudOptions,
  root: string,
  context: CommandContext,
): Promise<never> {
  const { progress, cleanup, signal } = context;
  const { python, javaHome } = readRuntime(root);
  await requireFreePort();
  const folder = CloudFolder.open(out, fresh);

  const started = Azurite.start(folder.at("azurite"), folder.at("logs", "azurite.log"));
  cleanup.addWhenStarted(started, (azurite) => azurite.stop());
  const storage = await progress.step("Azurite", started);
  const startSpark = (state: string) =>
    progress.step("Spark", Cluster.start({ python, ...(javaHome !== undefined && { javaHome }), state }));

  const deployments = openDeployments({ folder, storage, startSpark, groups, progress });
  cleanup.add(() => deployments.stop());
  await serveCloud({ folder, deployments, progress, cleanup });
  return unlessAborted(new Promise<never>(() => undefined), signal);
}
