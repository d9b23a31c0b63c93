import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../ci/sandbox";
import type { CommandLine } from "./documents";

/** A program as a command line calls it, once a shell has put values and quotes in their places. */
export interface Call {
  readonly line: number;
  readonly words: readonly string[];
}

export interface Trial {
  readonly calls: readonly Call[];
  readonly problems: readonly string[];
}

/** Programs that need a service, an account or minutes: they note how they were called. */
const STUBS = ["npm", "npx", "az", "azcopy", "databricks", "terraform", "gh", "editor"];

const STUB = `#!/bin/bash
{ printf '%s' "$AT"; printf '\\037%s' "\${0##*/}" "$@"; printf '\\036'; } >>"$CALLS"
if [ "$*" = "run artifact" ]; then mkdir -p out && cp -r "$ARTIFACT" out; fi
echo value
`;

/** Says of a line that no shell can read where it is. */
const CHECK = `check() { said=$(bash -n -c "$2" 2>&1) || sed "s/^/$1: /" <<<"$said"; }`;

/**
 * Runs the command lines of a document in one shell, one after the other, with programs that only note how they were called; an artifact
 * is the one of a folder.
 */
export function tryLines(sandbox: Sandbox, lines: readonly CommandLine[], artifact: string): Trial {
  for (const name of STUBS) sandbox.install(name, STUB);
  const calls = join(sandbox.path, "calls");
  const failures = join(sandbox.path, "failures");
  for (const file of [calls, failures]) writeFileSync(file, "");
  const parsed = lines.map(({ line, text }) => `check ${line} ${quoted(text)}`);
  const { output } = sandbox.run([CHECK, ...parsed].join("\n"), {});
  const unread = output.split("\n").filter(Boolean);
  if (unread.length > 0) return { calls: [], problems: unread };

  const script = lines.flatMap(({ line, text }) => [`export AT=${line}`, text, "ended $?"]);
  const ended = 'ended() { [ $1 = 0 ] || echo "$AT: ends with code $1" >>"$FAILURES"; }';
  const variables = { CALLS: calls, FAILURES: failures, ARTIFACT: artifact, EDITOR: "editor" };
  const run = sandbox.run([ended, "set -u", ...script, "exit 0"].join("\n"), variables);
  const noted = readCalls(calls);
  const stopped = run.code === 0 ? [] : [`after ${noted.at(-1)?.line ?? 0}: ${run.output.trim().split("\n").at(-1)}`];
  return { calls: noted, problems: [...stopped, ...readFileSync(failures, "utf8").split("\n").filter(Boolean)] };
}

/** As a shell takes it for one word. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function readCalls(file: string): readonly Call[] {
  const records = readFileSync(file, "utf8").split("\u001e").filter(Boolean);
  return records.map((record) => {
    const [line, ...words] = record.split("\u001f");
    return { line: Number(line), words };
  });
}

/** Variables that a document sets and never uses; an exported one is for programs. */
export function unusedVariables(lines: readonly CommandLine[], markdown: string): readonly string[] {
  return lines.flatMap(({ line, text }) =>
    [...text.matchAll(/(?:^|\s)([A-Z_]+)=/g)].flatMap(([, name]) => {
      const used = new RegExp(`\\$\\{?${name}\\b`).test(markdown) || text.startsWith("export ");
      return used ? [] : [`${line}: ${name} is set and never used`];
    }),
  );
}
