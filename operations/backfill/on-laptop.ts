import { FileHistory } from "adf-local";
import path from "node:path";
import { SCORING_ACTIVITY } from "../../contract/names";
import { UserError } from "../../command-line/user-error";
import { type CommandContext, unlessAborted } from "../../local/command/command";
import { readRuntime } from "../../local/command/runtime";
import { openWorkspace, startFactory, startSpark } from "../../local/job/platform";
import { Results } from "../../local/job/results";
import { RunFolder, savedOptions } from "../../local/job/run-folder";
import { readBlueprint } from "../../local/synthesized/read-blueprint";
import type { Synthesized } from "../../local/synthesized/synthesized";
import { backfill } from "./backfill";
import { LocalRuns } from "./local-runs";
import type { BackfillRequest } from "./request";

export interface LaptopBackfill extends CommandContext {
  readonly request: BackfillRequest;
  /** The repository. */
  readonly root: string;
}

/** Computes a range of the last local run again, with the pipeline as it is synthesized now. Returns the closing line. */
export function backfillOnLaptop(context: LaptopBackfill): Promise<string> {
  return unlessAborted(work(context), context.signal);
}

async function work(context: LaptopBackfill): Promise<string> {
  const { request, root, progress, cleanup, signal } = context;
  const { out, modelVersion = "", since } = request;
  const options = savedOptions(out);
  if (options === undefined)
    throw new UserError(`${out} holds no run yet: start with npm start, or name an --environment`);
  const runtime = readRuntime(root);
  const blueprint = await readBlueprint(options, root, context);
  const scoringNotebook = scoringOf(blueprint.synthesized);
  const folder = RunFolder.open({ out, resume: true }, options);
  cleanup.add(() => folder.close());
  const history = new FileHistory(folder.at("runs.jsonl"));
  // What fails here fails again: nothing is shared with others that could pass.
  const props = { blueprint, folder, runtime, history, progress, cleanup, retries: false };
  // Neither features nor predictions need the storage of the raw files.
  const cluster = await startSpark(props);
  const runs = new LocalRuns(startFactory(props, openWorkspace(props, cluster)), scoringNotebook);
  const say = (line: string) => progress.say(line);
  const closing = await backfill({ runs, from: request.from, to: request.to, modelVersion, since, say });
  await new Results({ blueprint, cluster, history }, folder, progress).write(signal);
  return closing;
}

/** Workspace path of the notebook that scores. Throws `UserError` for a release without one. */
function scoringOf({ workspaceFiles, environment }: Synthesized): string {
  const found = workspaceFiles.find((file) => file.isNotebook && path.posix.basename(file.path) === SCORING_ACTIVITY);
  if (found === undefined) throw new UserError(`the release of ${environment} has no notebook ${SCORING_ACTIVITY}`);
  return found.path;
}
