import { BlobEvents, type BlobItem, type HandledBlobs, matches, type PipelineRun } from "adf-local";
import { PIPELINES } from "../../contract/names";
import { UserError } from "../../command-line/user-error";
import type { Progress } from "../command/progress";
import { blobName, land } from "../storage/landing/landing";
import type { LandingFile, SplitData } from "../storage/landing/split";
import type { Platform } from "./platform";
import type { Refresh } from "./refresh";
import { sayHeld } from "./watch";

/** Lands the history and trains on it, unless an interrupted run already did; its blobs start nothing afterwards. */
export async function trainOnHistory(
  platform: Platform,
  data: SplitData,
  folder: string,
  handled: HandledBlobs,
  progress: Progress,
): Promise<void> {
  await progress.step("landing the history", landFiles(platform, data.history, folder));
  const { factory, history } = platform;
  if (!history.runs.some(({ pipeline, status }) => pipeline === PIPELINES.training && status === "Succeeded"))
    requireSuccess(await factory.run(PIPELINES.training));
  const landed = new Set(data.history.map((file) => blobName(platform.blueprint.landingRoot, file)));
  const blobs = (await listBlobs(platform)).filter(({ name }) => landed.has(name));
  handled.add(...blobs.map((blob) => ({ type: "Microsoft.Storage.BlobCreated", blob }) as const));
}

/** Drops one delivery after the other and lets the triggers score each; what an interrupted run scored stays as it is. */
export async function deliver(
  platform: Platform,
  data: SplitData,
  folder: string,
  events: BlobEvents,
  refresh: Refresh,
  progress: Progress,
): Promise<void> {
  for (const [index, files] of data.deliveries.entries()) {
    const name = `delivery ${index + 1} of ${data.deliveries.length}: ${files.at(-1)!.name.split("/")[1]}`;
    await progress.step(name, landFiles(platform, files, folder));
    if (!files.some((file) => isWatched(platform, file)))
      progress.say("  no blob event trigger watches these files, so they start no run");
    await handle(events, refresh, progress);
  }
}

/** Raises what there is, also what has to wait for earlier runs, until all of it has succeeded. */
async function handle(events: BlobEvents, refresh: Refresh, progress: Progress): Promise<void> {
  for (;;) {
    const raised = await events.poll();
    if (raised.length === 0) return;
    sayHeld(events, progress);
    await Promise.all(
      raised.map(async ({ runs }) => {
        for (const run of await runs) {
          refresh.after(run);
          requireSuccess(run);
        }
      }),
    );
  }
}

export function listBlobs({ azurite, blueprint }: Platform): Promise<readonly BlobItem[]> {
  return azurite.list(blueprint.synthesized.containers);
}

function landFiles({ azurite, blueprint }: Platform, files: readonly LandingFile[], folder: string): Promise<number> {
  const container = azurite.client.getContainerClient(blueprint.landingRoot.container);
  return land(container, blueprint.landingRoot, files, folder);
}

function isWatched({ blueprint, factory }: Platform, file: LandingFile): boolean {
  const { container } = blueprint.landingRoot;
  const blob = { container, name: blobName(blueprint.landingRoot, file), etag: "", size: file.size };
  const event = { type: "Microsoft.Storage.BlobCreated", blob } as const;
  const started = blueprint.definition.blobEventsTriggers.filter(({ name }) => factory.triggers.isStarted(name));
  return started.some((trigger) => matches(trigger, event));
}

/** Throws `UserError` with the cause where a run has not succeeded. */
export function requireSuccess({ pipeline, status, activities }: PipelineRun): void {
  if (status === "Succeeded") return;
  const failed = activities.find((activity) => activity.error !== undefined);
  const reason = failed === undefined ? "" : `: activity ${failed.name}: ${failed.error}`;
  throw new UserError(`pipeline ${pipeline} ${status}${reason}`);
}
