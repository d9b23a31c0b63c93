import { type Command, CommanderError } from "commander";
import { UserError } from "./user-error";

/** Applies a command to what the user wrote; false when that asked for help, which is then printed. Wrong use is one clear line. */
export function parse(program: Command, parameters: readonly string[]): boolean {
  program
    .helpOption("--help", "show this")
    .allowExcessArguments()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  try {
    program.parse(parameters, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return false;
    throw new UserError(error.message.replace(/^error: /, "").replaceAll("\n", " "), 2);
  }
  if (program.registeredArguments.at(-1)?.variadic) return true;
  const unexpected = program.args[program.registeredArguments.length];
  if (unexpected !== undefined) throw new UserError(`unexpected argument "${unexpected}"`, 2);
  return true;
}
