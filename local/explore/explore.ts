import path from "node:path";
import { notebookNames } from "adf-local";
import { UserError } from "../../command-line/user-error";
import { unlessAborted } from "../command/command";
import { readRuntime } from "../command/runtime";
import { RunFolder, savedOptions } from "../job/run-folder";
import type { Blueprint } from "../synthesized/blueprint";
import { readBlueprint } from "../synthesized/read-blueprint";
import { runAlone } from "./alone";
import { examine } from "./examine";
import type { ExploreContext } from "./opened";

/** The folder of the release that holds the examination notebooks. */
const FOLDER = "explore";

/** Runs one notebook on the state of the last run. Returns the closing line. */
export function explore(context: ExploreContext): Promise<string> {
  return unlessAborted(work(context), context.signal);
}

async function work(context: ExploreContext): Promise<string> {
  const { name, out, root, cleanup } = context;
  const options = savedOptions(out);
  if (options === undefined) throw new UserError(`${out} holds no run yet: start with npm start`);
  const runtime = readRuntime(root);
  const blueprint = await readBlueprint(options, root, context);
  const examination = find(name, blueprint);
  const folder = RunFolder.open({ out, resume: true }, options);
  cleanup.add(() => folder.close());
  const opened = { ...context, blueprint, folder, runtime };
  return examination === undefined ? runAlone(opened) : examine(examination, opened);
}

/** The workspace path of the examination notebook of that name; `undefined` where it is one of the pipelines. */
function find(name: string, { synthesized, definition }: Blueprint): string | undefined {
  const examinations = synthesized.workspaceFiles.filter(
    (file) => file.isNotebook && path.posix.basename(path.posix.dirname(file.path)) === FOLDER,
  );
  const found = examinations.find((file) => path.posix.basename(file.path) === name);
  const ofPipelines = notebookNames(definition);
  if (found !== undefined || ofPipelines.includes(name)) return found?.path;
  const known = [...examinations.map((file) => path.posix.basename(file.path)).sort(), ...ofPipelines];
  throw new UserError(`unknown notebook "${name}", known are ${known.join(", ") || "none"}`, 2);
}
