import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./repository";

/** The notebooks and the package that they import. */
export const notebooks = join(repository, "notebooks");

/** Copies the notebooks of the pipelines alone: each module of the package takes several folders of what is synthesized. */
export function copyNotebooks(folder: string): void {
  for (const name of readdirSync(notebooks))
    if (name.endsWith(".py")) cpSync(join(notebooks, name), join(folder, name));
}
