import { Command } from "commander";
import { parse } from "../../command-line/parse";
import { actionOf } from "../command";

const DESCRIPTION =
  "Notifies people from a pipeline: comments on the pull request, opens an issue, or marks it as resolved.";

const ACTIONS = ["comment", "issue", "resolve"] as const;

/** What people are to be told, and where. */
export interface Notice {
  readonly action: (typeof ACTIONS)[number];
  /** The title. */
  readonly about: string;
  /** Holds the text. */
  readonly file?: string;
}

/** Reads the command line; `undefined` when it asked for help. Throws `UserError` for wrong use. */
export function readNotice(parameters: readonly string[]): Notice | undefined {
  const program = new Command("npm run ci --")
    .description(DESCRIPTION)
    .argument("<action>", ACTIONS.join(", "))
    .requiredOption("--about <title>", "the title; a later message with the same title replaces the earlier one")
    .option("--file <file>", "comment, issue: the text, in Markdown");
  if (!parse(program, parameters)) return undefined;
  return { action: actionOf(program.processedArgs[0], ACTIONS), ...program.opts<Omit<Notice, "action">>() };
}
