import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { repository } from "../repository";

/** A file in which a service is told what to run. */
export interface Definition {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly content: unknown;
}

export const define = (path: string, text: string): Definition => ({ path, text, content: parse(text) });

/** All definitions below a folder of the repository. */
export function definitionsIn(folder: string): readonly Definition[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yml"))
    .sort()
    .map((name) => define(`${folder}/${name}`, readFileSync(join(repository, folder, name), "utf8")));
}

const SCRIPTS = ["run", "script", "inlineScript", "bash", "pwsh", "powershell"];

/** What runs in a shell, anywhere in a definition. */
export function commandsIn(content: unknown): readonly string[] {
  if (typeof content !== "object" || content === null) return [];
  return Object.entries(content).flatMap(([key, value]) =>
    SCRIPTS.includes(key) && typeof value === "string" ? [value] : commandsIn(value),
  );
}

/** Commands with more in them than one script of package.json, or with a value that the service writes into them before a shell reads them. */
export function foreignCommands(content: unknown, scripts: readonly string[]): readonly string[] {
  return commandsIn(content).filter((command) => {
    const [, script] = /^npm run ([\w:-]+)( -- [^;&|<>`\n]+)?$/.exec(command) ?? [];
    const known = ["npm ci", "npm test"].includes(command) || (script !== undefined && scripts.includes(script));
    return !known || /\$[({[]/.test(command);
  });
}
