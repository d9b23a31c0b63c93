import { mkdirSync } from "node:fs";
import path from "node:path";
import { writeFileAtomically } from "../atomic-file";
import { readBlueprint } from "../blueprint";
import { Cluster, NotebookFailed, type NotebookResult, type Shown } from "../cluster/cluster";
import { type CommandContext, unlessAborted } from "../command";
import { type Blueprint, CATALOG } from "../platform";
import { RunFolder, savedOptions } from "../run-folder";
import { readRuntime } from "../runtime";
import { UserError } from "../../command-line/user-error";
import { ReleaseCopy } from "../workspace";
import type { Exploration } from "./options";
import { renderNotebook } from "./page";

/** The folder of the release that holds the examination notebooks. */
const FOLDER = "explore";

export interface ExploreContext extends CommandContext, Exploration {
  /** The repository. */
  readonly root: string;
}

/** Runs an examination notebook on the state of the last run and writes it as a page, also when it raises. */
export function explore(context: ExploreContext): Promise<void> {
  return unlessAborted(work(context), context.signal);
}

async function work(context: ExploreContext): Promise<void> {
  const { name, out, root, progress, cleanup, signal } = context;
  const options = savedOptions(out);
  if (options === undefined) throw new UserError(`${out} holds no run yet: start with npm start`);
  const { python, javaHome } = readRuntime(root);
  const blueprint = await readBlueprint(options, root, context);
  const notebook = find(name, blueprint);
  const folder = RunFolder.open({ out, resume: true }, options);
  cleanup.add(() => folder.close());
  const started = Cluster.start({ python, ...(javaHome !== undefined && { javaHome }), state: folder.state });
  cleanup.addWhenStarted(started, (cluster) => cluster.stop());
  const cluster = await progress.step("Spark", started).catch((error: unknown) => {
    throw new UserError((error as Error).message);
  });

  const release = new ReleaseCopy(blueprint.synthesized.workspaceFiles, folder.at("workspace"));
  const file = release.notebooks.get(notebook)!;
  const items: Shown[] = [];
  const ran = cluster.run(
    { runId: name, name, file, parameters: widgets(blueprint), signal },
    (line) => progress.say(`    ${line}`),
    (item) => items.push(item),
  );
  const result = await progress.step(name, ran).catch((error: unknown) => {
    const traced = release.traced(error);
    if (traced instanceof NotebookFailed) return traced;
    throw traced;
  });
  const page = path.join(folder.notebooks, `${name}.html`);
  mkdirSync(folder.notebooks, { recursive: true });
  writeFileAtomically(page, renderNotebook({ name, environment: options.environment, items, end: endOf(result) }));
  progress.say(`page: ${page}`);
  if (result instanceof NotebookFailed) throw result;
}

/** The workspace path of the notebook of that name. */
function find(name: string, { synthesized }: Blueprint): string {
  const notebooks = synthesized.workspaceFiles.filter(
    (file) => file.isNotebook && path.posix.basename(path.posix.dirname(file.path)) === FOLDER,
  );
  const found = notebooks.find((file) => path.posix.basename(file.path) === name);
  if (found !== undefined) return found.path;
  const known = notebooks.map((file) => path.posix.basename(file.path)).sort();
  throw new UserError(`unknown notebook "${name}", known are ${known.join(", ") || "none"}`, 2);
}

/** The factory's global parameters are what a notebook would be given in a pipeline; it takes those that are its widgets. */
function widgets({ synthesized }: Blueprint): Readonly<Record<string, string>> {
  const given = Object.entries(synthesized.factory.globalParameters).map(([name, value]) => [name, String(value)]);
  return { ...Object.fromEntries(given), catalog: CATALOG };
}

function endOf(result: NotebookResult | NotebookFailed) {
  return result instanceof NotebookFailed
    ? ({ traceback: result.traceback } as const)
    : ({ exitValue: result.exitValue } as const);
}
