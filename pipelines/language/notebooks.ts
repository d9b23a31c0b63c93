import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, parse } from "node:path";
import { DefinitionError } from "./definition-error";

/** A notebook and the widgets that it declares. */
export interface Notebook {
  /** Its file without folder and extension. */
  readonly name: string;
  readonly widgets: readonly string[];
}

/** The notebooks as deployed, and what runs them. */
export interface NotebookRelease {
  /** Absolute folder of the workspace that holds the notebooks; has no slash at its end. */
  readonly root: string;
  readonly notebooks: readonly Notebook[];
  /** The factory's linked service to the cluster. */
  readonly linkedServiceName: string;
}

/** Reads the notebooks of a folder (not of its subfolders), in the order of their names; other Python files are modules. */
export function readNotebooks(folder: string): readonly Notebook[] {
  if (!existsSync(folder)) throw new DefinitionError("The notebook release", [`the folder ${folder} does not exist`]);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".py"))
    .sort()
    .map((file) => ({ file, source: readFileSync(join(folder, file), "utf8") }))
    .filter(({ source }) => source.startsWith("# Databricks notebook source"))
    .map(({ file, source }) => ({ name: parse(file).name, widgets: readWidgets(file, source) }));
}

/** Widgets are found without running Python, so their names must be written out. */
function readWidgets(file: string, source: string): readonly string[] {
  const code = source.replace(/^\s*#.*$/gm, "");
  const calls = [...code.matchAll(/dbutils\.widgets\.(?:text|dropdown|combobox|multiselect)\(\s*((["'])(\w+)\2)?/g)];
  const names = calls.flatMap(([, , , name]) => name ?? []);
  if (names.length < calls.length)
    throw new DefinitionError(`The notebook ${file}`, ["the name of a widget is not a string literal"]);
  return [...new Set(names)];
}
