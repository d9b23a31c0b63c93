import path from "node:path";
import { BlobEvents, FileHistory, HandledBlobs, planRerun } from "adf-local";
import { asWrongUse, type CommandContext, unlessAborted } from "../command/command";
import type { Progress } from "../command/progress";
import { readRuntime, type Runtime } from "../command/runtime";
import { CONNECTION_STRING, requireFreePort } from "../storage/azurite";
import { findClassicFiles } from "../storage/landing/classic-files";
import { readBlueprint } from "../synthesized/read-blueprint";
import { prepareLanding, simulate } from "./data";
import type { CommandLine, RunOptions } from "./options";
import { type Platform, startPlatform } from "./platform";
import { Refresh } from "./refresh";
import { Results } from "./results";
import { resolveOptions, RunFolder } from "./run-folder";
import { deliver, listBlobs, requireSuccess, trainOnHistory } from "./stages";
import { serve } from "./serve";
import { watch } from "./watch";

export interface RunContext extends CommandContext {
  readonly commandLine: CommandLine;
  /** The repository. */
  readonly root: string;
}

/** The whole job: synthesize, prepare the data, train on the history, score what arrives, show the result. Returns the closing line. */
export async function run(context: RunContext): Promise<string> {
  const { commandLine, progress, signal } = context;
  const job = await unlessAborted(mainJob(context), signal);
  if (!commandLine.watch) return closing(job.results, job.refresh, job.events);
  progress.say(
    `Watching: whatever any client uploads to Azurite is scored. Ctrl-C stops. Connection string: ${CONNECTION_STRING}`,
  );
  await serve(job.platform, job.folder, context.root, progress, context.cleanup);
  await watch(job.platform, job.events, job.refresh, progress, signal);
  return `Stopped; ${closing(job.results, job.refresh, job.events)}`;
}

interface Job {
  readonly folder: RunFolder;
  readonly platform: Platform;
  readonly events: BlobEvents;
  readonly results: Results;
  readonly refresh: Refresh;
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

  const history = new FileHistory(folder.at("runs.jsonl"));
  const { from } = commandLine;
  const rerun =
    from === undefined
      ? undefined
      : asWrongUse(`--from ${from}: `, () => planRerun(blueprint.definition, history.runs, from));

  const [platform, data] = await Promise.all([
    startPlatform({
      ...{ blueprint, folder, runtime, history, progress, cleanup },
      retries: commandLine.retries,
    }),
    prepareData(options, folder, runtime, progress, signal),
  ]);
  const results = new Results(platform, folder, progress);
  const refresh = new Refresh(() => results.write(signal));
  let events: BlobEvents | undefined;
  try {
    const handled = new HandledBlobs(folder.at("handled-blobs.json"));
    if (rerun !== undefined) requireSuccess(await platform.factory.rerun(rerun));
    await trainOnHistory(platform, data, folder.at("landing"), handled, progress);
    events = new BlobEvents({ factory: platform.factory, list: () => listBlobs(platform), handled });
    await deliver(platform, data, folder.at("landing"), events, refresh, progress);
    await refresh.finish();
    return { folder, platform, events, results, refresh };
  } finally {
    if (!signal.aborted) results.show();
    else if (results.holding !== undefined) progress.say(closing(results, refresh, events));
  }
}

/** What the results hold, and what they do not hold yet. */
function closing({ holding }: Results, { isBehind }: Refresh, events: BlobEvents | undefined): string {
  const left = events?.left ?? 0;
  return [
    holding,
    ...(isBehind ? ["--resume adds what ended since"] : []),
    ...(left > 0 ? [`${left} events are left, which --resume raises again`] : []),
  ].join("; ");
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
