import { Command } from "commander";
import { parse } from "../../command-line/parse";
import { outOption } from "../job/options";

export interface Exploration {
  /** Of the notebook, without folder and extension, or of its activity. */
  readonly name: string;
  /** The folder of the run that is looked at. */
  readonly out: string;
}

/** Reads the command line; `undefined` when it asked for help. */
export function parseExploration(parameters: readonly string[]): Exploration | undefined {
  const program = new Command("npm run notebook --")
    .description(
      "Runs one notebook on the tables and models of the last local run. An examination notebook is written as a page; one of the pipelines runs once, with the widgets that its last run had, and writes to these tables.",
    )
    .argument("<name>", "2b_model_testing, …, or of the pipelines by file or activity: ingest, training, …")
    .addOption(outOption());
  if (!parse(program, parameters)) return undefined;
  return { name: program.args[0]!, out: program.opts<{ out: string }>().out };
}
