import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One Python file of a release. */
export interface ReleaseFile {
  /** Path below the folder of the release, with `/`. */
  readonly path: string;
  /** Where the file lies on this machine. */
  readonly source: string;
  /** A notebook in Databricks' source format; otherwise a module. */
  readonly notebook: boolean;
}

/** The notebooks and the modules that they import, in one folder of the workspace. */
export interface Release {
  /** Absolute workspace folder, named after the content: a release never changes, so a run sees one version only. */
  readonly root: string;
  /** Sorted by path. */
  readonly files: readonly ReleaseFile[];
}

/** Reads all Python files below a folder as a release below `parent`. The same contents give the same release on every machine. */
export function readRelease(folder: string, parent: string): Release {
  const hash = createHash("sha256");
  const files = pythonFiles(folder).map((path) => {
    const source = join(folder, path);
    const content = readFileSync(source);
    hash.update(`${path}\0${content.length}\0`).update(content);
    return { path, source, notebook: content.toString().startsWith("# Databricks notebook source") };
  });
  return { root: `${parent}/${hash.digest("hex").slice(0, 16)}`, files };
}

function pythonFiles(folder: string, prefix = ""): readonly string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${prefix}${entry.name}`;
      if (entry.isDirectory()) return pythonFiles(folder, `${path}/`);
      return entry.name.endsWith(".py") ? [path] : [];
    })
    .sort();
}
