import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PipelineRun } from "adf-local";
import { notebook } from "../../../local/explore/notebook";
import { parseCommandLine } from "../../../local/job/options";
import { type SynthesizedContent, writeSynthesized } from "../fixtures/synthesized-folder";
import { repository } from "../../repository";
import { runHere } from "../../run-here";

export const newFolder = () => mkdtempSync(path.join(tmpdir(), "explore-"));

/** `npm run notebook` as a process, to its end. */
export function explore(...parameters: string[]) {
  const program = ["--require", "tsx/cjs", path.join(repository, "local", "explore", "main.ts")];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...parameters], { encoding: "utf8" });
  return { status, stdout, lines: stderr.trimEnd().split("\n") };
}

/** The same in this process, for what ends before anything is started. */
export async function exploreHere(...parameters: string[]) {
  const { status, stdout, stderr } = await runHere(() => notebook(parameters, repository));
  return { status, stdout, lines: stderr.trimEnd().split("\n") };
}

/** A folder of a run that ended, with these notebooks in its release. */
export function ranBefore(
  notebooks: NonNullable<SynthesizedContent["notebooks"]>,
  training?: readonly object[],
  ...runs: readonly PipelineRun[]
): string {
  const out = newFolder();
  mkdirSync(path.join(out, "state"));
  const activities = training && { training, scoring: [] };
  const cdktfOut = writeSynthesized({ notebooks, ...(activities && { activities }) });
  const { options } = parseCommandLine(["--cdktf-out", cdktfOut])!;
  writeFileSync(path.join(out, "state", "options.json"), JSON.stringify(options));
  writeFileSync(path.join(out, "state", "runs.jsonl"), runs.map((run) => `${JSON.stringify(run)}\n`).join(""));
  return out;
}
