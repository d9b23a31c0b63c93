import { mkdirSync } from "node:fs";
import path from "node:path";
import { NotebookFailed, type NotebookResult } from "../cluster/cluster";
import type { Shown } from "../cluster/protocol";
import { ReleaseCopy } from "../cluster/workspace";
import { writeFileAtomically } from "adf-local/atomic-file";
import { startSpark } from "../job/platform";
import { type Blueprint, globalParameters } from "../synthesized/blueprint";
import type { Opened } from "./opened";
import { renderNotebook } from "./page";

/** Runs an examination notebook, by its workspace path, and writes it as a page, also when it raises. Returns the closing line. */
export async function examine(notebook: string, opened: Opened): Promise<string> {
  const { name, blueprint, folder, progress, signal } = opened;
  const cluster = await startSpark(opened);
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
  const { environment } = blueprint.synthesized;
  writeFileAtomically(page, renderNotebook({ name, environment, items, end: endOf(result) }));
  if (!(result instanceof NotebookFailed)) return `page: ${page}`;
  progress.say(`page: ${page}`);
  throw result;
}

/** The factory's global parameters are what a notebook would be given in a pipeline; it takes those that are its widgets. */
function widgets(blueprint: Blueprint): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(globalParameters(blueprint)).map(([name, value]) => [name, String(value)]));
}

function endOf(result: NotebookResult | NotebookFailed) {
  return result instanceof NotebookFailed
    ? ({ traceback: result.traceback } as const)
    : ({ exitValue: result.exitValue } as const);
}
