import { Command, type OptionValues } from "commander";
import { parse } from "../command-line/parse";
import { UserError } from "../command-line/user-error";
import { EnvironmentError, load } from "../environments/load";
import type { EnvironmentSettings } from "../environments/settings/settings";
import { DefinitionError } from "../pipelines/language/definition-error";
import { explain } from "./azure-errors";

/** What the user asked for. */
export interface Request<Action extends string, Options> {
  readonly action: Action;
  readonly settings: EnvironmentSettings;
  /** All options, as they were given. */
  readonly options: Options;
}

/**
 * Reads `<action> --environment <name>`; `undefined` when that asked for help. A command of one action takes no word for it.
 * Throws `UserError` for wrong use and `EnvironmentError` for an environment that does not exist or is not valid.
 */
export function parseRequest<Action extends string, Options extends OptionValues = Readonly<Record<string, unknown>>>(
  name: string,
  description: string,
  actions: readonly [Action, ...Action[]],
  parameters: readonly string[],
  addOptions: (program: Command) => Command = (program) => program,
): Request<Action, Options> | undefined {
  const program = addOptions(new Command(`npm run ${name} --`).description(description)).requiredOption(
    "--environment <name>",
    "a file of environments/, such as dev",
  );
  if (actions.length > 1) program.argument("<action>", actions.join(", "));
  if (!parse(program, parameters)) return undefined;
  const action = actions.length > 1 ? actionOf(program.processedArgs[0], actions) : actions[0];
  const { environment } = program.opts<{ readonly environment: string }>();
  return { action, settings: load(environment), options: program.opts<Options>() };
}

/** The action that a word means. Throws `UserError` where it means none. */
export function actionOf<Action extends string>(word: unknown, actions: readonly Action[]): Action {
  const action = actions.find((known) => known === word);
  if (action === undefined)
    throw new UserError(`the action is ${JSON.stringify(word)}; allowed: ${actions.join(", ")}`, 2);
  return action;
}

/** Runs a command to its end: what the user can put right is told in one line, and any problem ends the process with a code above 0. */
export async function runOperation(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const known = error instanceof UserError || error instanceof EnvironmentError || error instanceof DefinitionError;
    const message = known ? error.message : explain(error);
    if (message === undefined) throw error;
    console.error(message);
    process.exitCode = error instanceof UserError ? error.exitCode : 1;
  }
}
