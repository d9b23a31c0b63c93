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

/** Reads the notebooks of a folder (not of its subfolders), in the order of their names. */
export function readNotebooks(folder: string): readonly Notebook[] {
  if (!existsSync(folder)) throw new DefinitionError("The notebook release", [`the folder ${folder} does not exist`]);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".py"))
    .sort()
    .map((file) => ({ name: parse(file).name, widgets: readWidgets(file, readFileSync(join(folder, file), "utf8")) }));
}

/** Widgets are found without running Python, so their names must be written out. */
function readWidgets(file: string, source: string): readonly string[] {
  const lines = source.split("\n");
  const calls = lines.flatMap((line, index) =>
    [...line.replace(/^\s*#.*/, "").matchAll(/dbutils\.widgets\.(?:text|dropdown|combobox|multiselect)\(\s*(.*)/g)].map(
      ([, rest = ""]) => ({ line: index + 1, name: /^(["'])(\w+)\1/.exec(rest)?.[2] }),
    ),
  );
  const problems = calls
    .filter((call) => call.name === undefined)
    .map((call) => `line ${call.line}: a widget's name must be a string literal, on the line of the call`);
  if (problems.length > 0) throw new DefinitionError(`The notebook ${file}`, problems);
  return [...new Set(calls.flatMap((call) => call.name ?? []))];
}
