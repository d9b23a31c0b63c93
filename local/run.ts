import path from "node:path";
import { CONNECTION_STRING, requireFreePort } from "./azurite";
import { readBlueprint } from "./blueprint";
import { type CommandContext, unlessAborted } from "./command";
import { prepareLanding, simulate } from "./data";
import { BlobEvents } from "./factory/triggers/blob-event";
import { HandledBlobs } from "./factory/triggers/handled-blobs";
import { findClassicFiles } from "./landing/classic-files";
import type { CommandLine, RunOptions } from "./options";
import { type Platform, startPlatform } from "./platform";
import type { Progress } from "./progress";
import { Results } from "./results";
import { resolveOptions, RunFolder } from "./run-folder";
import { readRuntime, type Runtime } from "./runtime";
import { deliver, listBlobs, trainOnHistory } from "./stages";
import { watch } from "./watch";

export interface RunContext extends CommandContext {
  readonly commandLine: CommandLine;
  /** The repository. */
  readonly root: string;
}

/** The whole job: synthesize, prepare the data, train on the history, score what arrives, show the result. */
export async function run(context: RunContext): Promise<void> {
  const { commandLine, progress, signal } = context;
  const job = await unlessAborted(mainJob(context), signal);
  if (!commandLine.watch) return;
  progress.say(
    `Watching: what any client puts into Azurite is scored; Ctrl-C stops. Connection string: ${CONNECTION_STRING}`,
  );
  await watch(job.platform, job.events, () => job.results.write(signal), progress, signal);
  progress.say("Stopped; the results are those of the last run that ended");
}

interface Job {
  readonly platform: Platform;
  readonly events: BlobEvents;
  readonly results: Results;
}

async function mainJob(context: RunContext): Promise<Job> {
  const { commandLine, root, progress, cleanup, signal } = context;
  const options = resolveOptions(commandLine);
  const runtime = readRuntime(root);
  const blueprint = await readBlueprint(options, root, context);
  if (options.data !== undefined) await findClassicFiles(options.data);
  await requireFreePort();
  const folder = RunFolder.open(commandLine, options);
  cleanup.add(() => folder.close());

  const [platform, data] = await Promise.all([
    startPlatform(blueprint, folder, runtime, progress, cleanup),
    prepareData(options, folder, runtime, progress, signal),
  ]);
  const results = new Results(platform, folder, progress);
  try {
    const handled = new HandledBlobs(folder.at("handled-blobs.json"));
    await trainOnHistory(platform, data, folder.at("landing"), handled, progress);
    const { blobEventTriggers } = blueprint.synthesized.factory;
    const events = new BlobEvents(blobEventTriggers, platform.factory, () => listBlobs(platform), handled);
    await deliver(platform, data, folder.at("landing"), events, progress);
    await results.write(signal);
    const { cluster } = platform;
    if (cluster.recordsClasses) {
      const kept = cluster.keepClasses(signal, (line) => progress.say(`    ${line}`));
      await progress.step("archiving Java classes, once, for quicker starts", kept);
    }
    return { platform, events, results };
  } finally {
    if (!signal.aborted) results.show();
  }
}

async function prepareData(
  options: RunOptions,
  folder: RunFolder,
  { python }: Runtime,
  progress: Progress,
  signal: AbortSignal,
) {
  const { machines, days } = options;
  const data =
    options.data ??
    (await progress.step(
      `simulating ${machines} machines for ${days} days`,
      simulate(options, folder, python, signal),
    ));
  return progress.step(`cutting ${path.basename(data)} into deliveries`, prepareLanding(data, options, folder));
}
