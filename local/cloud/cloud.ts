import { type CommandContext, unlessAborted } from "../command/command";
import { readRuntime } from "../command/runtime";
import { openSpark, startAzurite } from "../job/platform";
import { requireFreePort } from "../storage/azurite";
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
  const runtime = readRuntime(root);
  await requireFreePort();
  const folder = CloudFolder.open(out, fresh);

  const storage = await startAzurite({ folder, progress, cleanup });
  const startSpark = (state: string) => openSpark(state, runtime, progress);

  const deployments = openDeployments({ folder, storage, startSpark, groups, progress });
  cleanup.add(() => deployments.stop());
  await serveCloud({ folder, deployments, progress, cleanup });
  return unlessAborted(new Promise<never>(() => undefined), signal);
}
