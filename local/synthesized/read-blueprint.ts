import type { CommandContext } from "../command/command";
import { type Blueprint, draw } from "./blueprint";
import { synthesize } from "./synthesize";
import { readSynthesized } from "./synthesized";

/** Whose stacks run. */
export interface EnvironmentChoice {
  /** Name of the environment. */
  readonly environment: string;
  /** A synthesized folder that is run as it is; absent: the stacks are synthesized first. */
  readonly cdktfOut?: string;
}

/** The environment of a run as it is synthesized now, or as the folder has it that the run was given. Throws `UserError` with what cannot run. */
export async function readBlueprint(
  { cdktfOut, environment }: EnvironmentChoice,
  root: string,
  { progress, signal }: Pick<CommandContext, "progress" | "signal">,
): Promise<Blueprint> {
  const folder = cdktfOut ?? (await progress.step("synthesizing all environments", synthesize(root, signal)));
  return draw(readSynthesized(folder, environment));
}
