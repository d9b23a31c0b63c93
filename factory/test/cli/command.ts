import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { main } from "../../cli/main";

const fixtures = path.join(__dirname, "..", "fixtures");

/** A factory of the fixtures. */
export const fixture = (name: string): string => path.join(fixtures, name);

/** Runs a command line; the fixtures' folder is left out of what it says. */
export async function command(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const keep = (lines: string[]) => (line: string) => lines.push(line.replaceAll(`${fixtures}${path.sep}`, ""));
  const code = await main(args, { out: keep(out), err: keep(err) });
  return { code, out, err };
}

/** A new file that holds a value as JSON. */
export function fileOf(value: unknown): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "adf-local-")), "file.json");
  writeFileSync(file, JSON.stringify(value));
  return file;
}
