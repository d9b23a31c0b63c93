import type { CommandContext } from "./command";
import type { RunOptions } from "./options";
import { type Blueprint, draw } from "./platform";
import { readSynthesized } from "./synthesized";
import { synthesize } from "./synthesize";

/** The environment of a run as it is synthesized now, or as the folder has it that the run was given. */
export async function readBlueprint(
  { cdktfOut, environment }: RunOptions,
  root: string,
  { progress, signal }: CommandContext,
): Promise<Blueprint> {
  const folder = cdktfOut ?? (await progress.step("synthesizing all environments", synthesize(root, signal)));
  return draw(readSynthesized(folder, environment));
}
