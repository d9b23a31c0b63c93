import { cpSync, symlinkSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/** The folder of this repository. */
export const repository = resolve(__dirname, "..");

/** What no copy needs: what programs make, and the packages, which a copy shares. */
const MADE = [".git", ".runtime", "cdktf.out", "node_modules", "out"];

/** Copies the repository to a folder, without the paths `leftOut`. */
export function copyRepository(folder: string, leftOut: readonly string[]): void {
  const absent = [...MADE, ...leftOut];
  const isKept = (from: string) =>
    !absent.includes(relative(repository, from).replaceAll("\\", "/")) && !from.endsWith("__pycache__");
  cpSync(repository, folder, { recursive: true, filter: isKept });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "junction");
}
