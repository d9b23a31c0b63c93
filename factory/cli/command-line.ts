import { parseArgs } from "node:util";

export const USAGE = `usage: adf-local validate --factory PATH [PIPELINE]
       adf-local run --factory PATH PIPELINE [--parameters FILE] [--stubs FILE] [--history FILE]`;

/** A command line that cannot be meant. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const COMMANDS = ["run", "validate"] as const;

export interface CommandLine {
  readonly command: (typeof COMMANDS)[number];
  /** What follows the command: a pipeline, for `runs` a run. */
  readonly subject: string | undefined;
  readonly factory?: string;
  readonly parameters?: string;
  readonly stubs?: string;
  readonly history?: string;
}

const text = { type: "string" } as const;
const OPTIONS = { factory: text, parameters: text, stubs: text, history: text };

/** Reads what is typed. Throws a {@link UsageError}. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parsed(args);
  const [command, subject, ...others] = positionals;
  const known = COMMANDS.find((name) => name === command);
  if (known === undefined)
    throw new UsageError(`${command === undefined ? "no command is given" : `unknown command "${command}"`}`);
  if (others.length > 0) throw new UsageError(`too much is given: ${others.join(" ")}`);
  return { command: known, subject, ...values };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** An option that a command cannot do without. */
export function required(line: CommandLine, option: "factory" | "history"): string {
  const value = line[option];
  if (value === undefined) throw new UsageError(`${line.command} needs --${option}`);
  return value;
}
