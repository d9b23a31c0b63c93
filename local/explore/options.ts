import { Command } from "commander";
import { parse } from "../../command-line/parse";
import { outOption } from "../options";

export interface Exploration {
  /** Of the notebook, without folder and extension. */
  readonly name: string;
  /** The folder of the run that is looked at. */
  readonly out: string;
}

/** Reads the command line; `undefined` when it asked for help. */
export function parseExploration(parameters: readonly string[]): Exploration | undefined {
  const program = new Command("npm run notebook --")
    .description(
      "Runs an examination notebook on the tables and models of the last local run, and writes it as a page.",
    )
    .argument("<name>", "the notebook, such as 2b_model_testing")
    .addOption(outOption());
  if (!parse(program, parameters)) return undefined;
  return { name: program.processedArgs[0] as string, out: program.opts<{ out: string }>().out };
}
