import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../repository";

/** What an artifact is built from, but the program itself and the notebooks. */
const OTHERS = ["package-lock.json", "setup/requirements.txt", "setup/jars.sha256", "operations/verify/expected.csv"];

/** Copies the sources of an artifact to a folder. */
export function copySources(folder: string): void {
  copy(folder, ["notebooks", ...OTHERS]);
}

/** The same without the package that the notebooks import: each of its modules takes several folders of an artifact. */
export function copyFewSources(folder: string): void {
  const notebooks = readdirSync(join(repository, "notebooks")).filter((name) => name.endsWith(".py"));
  copy(folder, [...notebooks.map((name) => `notebooks/${name}`), ...OTHERS]);
}

function copy(folder: string, paths: readonly string[]): void {
  for (const path of paths) cpSync(join(repository, path), join(folder, path), { recursive: true });
}
