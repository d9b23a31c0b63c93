import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { FactoryError } from "../factory-error";
import { FileHistory, type PipelineRun } from "../runs/run-history";

/** The history in a file, which need not exist, to add runs to. A file of something else is left as it is. */
export function openHistory(file: string): FileHistory {
  if (existsSync(file) && !/^(\{"runId":|$)/.test(readFileSync(file, "utf8")))
    throw new FactoryError(`${file} is no history of runs`);
  return new FileHistory(file);
}

/** The runs in a file. It is read as a copy, because a history that is opened is written anew, and another process may add to it. */
export function readRuns(file: string): readonly PipelineRun[] {
  if (!existsSync(file)) throw new FactoryError(`${file} does not exist`);
  const folder = mkdtempSync(path.join(tmpdir(), "adf-local-runs-"));
  try {
    const copy = path.join(folder, path.basename(file));
    copyFileSync(file, copy);
    return openHistory(copy).runs;
  } catch (error) {
    if (!(error instanceof FactoryError)) throw error;
    throw new FactoryError(error.message.replace(folder, path.dirname(file)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
