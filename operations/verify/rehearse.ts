import { readBlueprint } from "../../local/synthesized/read-blueprint";
import { requireFreePort } from "../../local/storage/azurite";
import type { CommandContext } from "../../local/command/command";
import { UserError } from "../../command-line/user-error";
import { BlobEvents, HandledBlobs, FileHistory } from "adf-local";
import type { RunOptions } from "../../local/job/options";
import { startPlatform } from "../../local/job/platform";
import { RunFolder } from "../../local/job/run-folder";
import { readRuntime } from "../../local/command/runtime";
import { listBlobs } from "../../local/job/stages";
import { LocalRuns } from "./local-runs";
import { knownPlant } from "./known-plant";
import type { Prediction } from "./predictions";
import { predictKnownPlant } from "./verify";

export interface RehearsalProps {
  /** The repository. */
  readonly root: string;
  readonly options: RunOptions;
  /** Folder of the run. */
  readonly out: string;
}

const PATIENCE = { timeout: 60_000, interval: 500 };

/** What the stacks as they are now predict of the known plant: the synthesized trigger, pipeline and notebooks, on Azurite and a local Spark. */
export async function rehearse(
  { root, options, out }: RehearsalProps,
  context: CommandContext,
): Promise<readonly Prediction[]> {
  const { progress, cleanup } = context;
  const runtime = readRuntime(root);
  const blueprint = await readBlueprint(options, root, context);
  await requireFreePort();
  const folder = RunFolder.open({ out, resume: false }, options);
  cleanup.add(() => folder.close());
  const history = new FileHistory(folder.at("runs.jsonl"));
  const platform = await startPlatform({ blueprint, folder, runtime, history, progress, cleanup, retries: true });
  const handled = new HandledBlobs(folder.at("handled-blobs.json"));
  const events = new BlobEvents({ factory: platform.factory, list: () => listBlobs(platform), handled });
  if (blueprint.verificationRoot === undefined) throw new UserError("what is synthesized has no verification_root");
  return predictKnownPlant({
    plant: knownPlant(),
    container: platform.azurite.client.getContainerClient(blueprint.verificationRoot.container),
    runs: new LocalRuns(events),
    event: PATIENCE,
    run: PATIENCE,
  });
}
