import { Command } from "commander";
import { join } from "node:path";
import { parse } from "../../command-line/parse";

const DESCRIPTION =
  "Runs the verification of a deployment on this machine: the synthesized pipeline on a known plant, with its predictions compared with the expected ones.";

export interface Rehearsal {
  readonly environment: string;
  readonly out: string;
  readonly accept?: true;
}

/** Reads the command line; `undefined` when it asked for help. */
export function readRehearsal(parameters: readonly string[]): Rehearsal | undefined {
  const program = new Command("npm run verification --")
    .description(DESCRIPTION)
    .option("--environment <name>", "whose stacks run", "dev")
    .option("--out <folder>", "state of the run", join("out", "verification"))
    .option("--accept", "make this result the expected one");
  return parse(program, parameters) ? program.opts<Rehearsal>() : undefined;
}
