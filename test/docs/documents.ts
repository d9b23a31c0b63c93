import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../repository";

/** What a reader may paste into a shell. */
export interface CommandLine {
  /** Where its first line is in the document. */
  readonly line: number;
  readonly text: string;
}

/** The documents with commands, by their paths from the root. */
export const documents: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  "examples/milling/README.md",
  ...readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`)
    .sort(),
];

export const read = (path: string): string => readFileSync(join(repository, path), "utf8");

/** What a code span is when it is a command, and not a word of one. */
const COMMAND = /^(npm|npx|az|azcopy|databricks|terraform|gh|sha256sum) \S/;

/** The lines of blocks of shell, and the commands within sentences and tables, in the order of the document. */
export function commandLinesIn(markdown: string): readonly CommandLine[] {
  const found: CommandLine[] = [];
  let language: string | undefined;
  let begun: CommandLine | undefined;
  for (const [index, row] of markdown.split("\n").entries()) {
    const line = index + 1;
    const [, fence] = /^ *```(\w*)$/.exec(row) ?? [];
    if (fence !== undefined) language = language === undefined ? fence : undefined;
    else if (language === "sh" && row.trim() !== "") {
      const whole: CommandLine = { line: begun?.line ?? line, text: `${begun?.text ?? ""}${row}` };
      begun = row.endsWith("\\") ? { ...whole, text: `${whole.text}\n` } : undefined;
      if (begun === undefined) found.push(whole);
    } else if (language === undefined)
      for (const [, span] of row.matchAll(/`([^`]+)`/g))
        if (COMMAND.test(span!)) found.push(...alternatives(span!).map((text) => ({ line, text })));
  }
  return found;
}

/** A table writes `start\|stop --now` for two commands that differ in a word. */
function alternatives(span: string): readonly string[] {
  const choice = /\S+\\\|\S+/.exec(span)?.[0];
  return choice === undefined ? [span] : choice.split("\\|").map((word) => span.replace(choice, word));
}
