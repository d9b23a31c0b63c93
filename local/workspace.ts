import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import path from "node:path";
import type { Cluster } from "./cluster/cluster";
import type { NotebookRunner } from "./factory/activities/activity";
import type { WorkspaceFile } from "./synthesized";

/** The notebook release, laid out as in the Databricks workspace, on the local cluster. */
export class Workspace implements NotebookRunner {
  private readonly notebooks: ReadonlyMap<string, string>;

  /** The release is laid out below `folder`. */
  constructor(
    files: readonly WorkspaceFile[],
    folder: string,
    private readonly cluster: Cluster,
    private readonly onOutput: (line: string) => void,
  ) {
    this.notebooks = layOut(files, folder);
  }

  async run(notebook: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal) {
    const file = this.notebooks.get(notebook);
    if (file === undefined || !existsSync(file)) {
      const known = [...this.notebooks.keys()].join(", ") || "none";
      throw new Error(`the workspace has no notebook ${notebook}, it has: ${known}`);
    }
    return this.cluster.run({ runId: randomUUID(), file, name: notebook, parameters, signal }, this.onOutput);
  }
}

/** Copies a release below `folder`, which is emptied first; the files of its notebooks by their workspace paths. */
export function layOut(files: readonly WorkspaceFile[], folder: string): ReadonlyMap<string, string> {
  rmSync(folder, { recursive: true, force: true });
  const copied = files.map((file) => {
    const target = path.join(folder, file.isNotebook ? `${file.path}.py` : file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(file.source, target);
    return { ...file, target };
  });
  return new Map(copied.filter(({ isNotebook }) => isNotebook).map((file) => [file.path, path.resolve(file.target)]));
}
