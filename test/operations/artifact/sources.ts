import { cpSync } from "node:fs";
import { join } from "node:path";
import { copyNotebooks } from "../../notebooks";
import { repository } from "../../repository";

/** What an artifact is built from, but the program itself and the notebooks. */
const OTHERS = ["package-lock.json", "setup/requirements.txt", "setup/jars.sha256", "operations/verify/expected.csv"];

/** Copies the sources of an artifact to a folder. */
export function copySources(folder: string): void {
  copy(folder, ["notebooks", ...OTHERS]);
}

/** The same without the package that the notebooks import. */
export function copyFewSources(folder: string): void {
  copyNotebooks(join(folder, "notebooks"));
  copy(folder, OTHERS);
}

function copy(folder: string, paths: readonly string[]): void {
  for (const path of paths) cpSync(join(repository, path), join(folder, path), { recursive: true });
}
