import { randomUUID } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { NotebookRunner } from "adf-local";
import { type Cluster, NotebookFailed } from "./cluster";
import type { Printed } from "./printed";

const ROOT = path.resolve(__dirname, "../..");

/** A file of the notebook release: where the workspace has it, and where it lies on this machine. */
export interface WorkspaceFile {
  /** Absolute path in the workspace; notebooks without extension, as Databricks shows them. */
  readonly path: string;
  readonly source: string;
  readonly isNotebook: boolean;
}

/** The notebook release, laid out as in the Databricks workspace, on the local cluster. */
export class Workspace implements NotebookRunner {
  private readonly release: ReleaseCopy;

  /** The release is laid out below `folder`. */
  constructor(
    files: readonly WorkspaceFile[],
    folder: string,
    private readonly cluster: Pick<Cluster, "run">,
    private readonly onOutput: (line: string) => void,
    private readonly printed: Printed,
  ) {
    this.release = new ReleaseCopy(files, folder);
  }

  async run(notebook: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal) {
    const file = this.release.notebooks.get(notebook);
    if (file === undefined || !existsSync(file)) {
      const known = [...this.release.notebooks.keys()].join(", ") || "none";
      throw new Error(`the workspace has no notebook ${notebook}, it has: ${known}`);
    }
    const run = { runId: randomUUID(), file, name: notebook, parameters, signal };
    const keep = this.printed.begin(notebook);
    const onOutput = (line: string): void => {
      keep(line);
      this.onOutput(line);
    };
    return this.cluster.run(run, onOutput).catch((error: unknown) => {
      throw this.release.traced(error);
    });
  }
}

/** A release, copied below a folder, which is emptied first. */
export class ReleaseCopy {
  /** The files of its notebooks by their workspace paths. */
  readonly notebooks: ReadonlyMap<string, string>;
  private readonly copies: readonly (WorkspaceFile & { readonly copy: string })[];

  constructor(files: readonly WorkspaceFile[], folder: string) {
    rmSync(folder, { recursive: true, force: true });
    this.copies = files.map((file) => {
      const copy = path.resolve(folder, `.${fileName(file)}`);
      mkdirSync(path.dirname(copy), { recursive: true });
      copyFileSync(file.source, copy);
      return { ...file, copy };
    });
    const notebooks = this.copies.filter(({ isNotebook }) => isNotebook);
    this.notebooks = new Map(notebooks.map((file) => [file.path, file.copy]));
  }

  /** The error of a notebook with the files that a person edits in its traceback, in the place of their copies. */
  traced(error: unknown): unknown {
    if (!(error instanceof NotebookFailed)) return error;
    const traceback = this.copies.reduce(
      (text, file) => text.replaceAll(`"${file.copy}"`, () => `"${sourceOf(file)}"`),
      error.traceback,
    );
    return new NotebookFailed(error.message, traceback, error.isFinal);
  }
}

function fileName({ path: workspacePath, isNotebook }: WorkspaceFile): string {
  return isNotebook ? `${workspacePath}.py` : workspacePath;
}

/** The file of the repository that a file of the release is of; where that has changed since, the synthesized one. */
function sourceOf(file: WorkspaceFile): string {
  const content = readFileSync(file.source);
  const names = fileName(file).split("/");
  const candidates = names.map((_, index) => path.join(ROOT, "notebooks", ...names.slice(index)));
  const found = candidates.find((candidate) => existsSync(candidate) && readFileSync(candidate).equals(content));
  const relative = path.relative(ROOT, found ?? file.source);
  return relative.startsWith("..") ? file.source : relative;
}
