import { parseArgs } from "node:util";
import { time } from "../triggers/words";
import { instantOf, timeZone } from "../triggers/time-zone";

export const USAGE = `usage: adf-local validate --factory PATH [PIPELINE]
       adf-local run --factory PATH PIPELINE [--parameters FILE] [--stubs FILE] [--history FILE] [--clock TIME]
                         [--storage CONNECTION]
       adf-local run --factory PATH --clock TIME --until TIME [--stubs FILE] [--history FILE] [--storage CONNECTION]
       adf-local triggers --factory PATH [--next COUNT] [--clock TIME]
       adf-local runs --history FILE [RUN] [--json]
       adf-local runs --history FILE --coverage --factory PATH`;

/** A command line that cannot be meant. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const COMMANDS = ["run", "runs", "triggers", "validate"] as const;

export interface CommandLine {
  readonly command: (typeof COMMANDS)[number];
  /** What follows the command: a pipeline, for `runs` a run. */
  readonly subject: string | undefined;
  readonly factory?: string;
  readonly parameters?: string;
  readonly stubs?: string;
  readonly history?: string;
  readonly clock?: string;
  readonly until?: string;
  readonly next?: string;
  readonly json?: boolean;
  readonly coverage?: boolean;
  /** The connection string of a storage emulator. */
  readonly storage?: string;
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const OPTIONS = {
  ...{ factory: text, parameters: text, stubs: text, history: text, clock: text, until: text, next: text },
  storage: text,
  ...{ json: flag, coverage: flag },
};

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

/** An option that is a time: ISO 8601, without an offset in UTC. */
export function timeOf(line: CommandLine, option: "clock" | "until"): Date | undefined {
  const value = line[option];
  if (value === undefined) return undefined;
  if (!time.safeParse(value).success) throw new UsageError(`--${option} is "${value}", expected 2026-01-31T06:00:00Z`);
  return new Date(instantOf(value, timeZone("UTC")));
}

/** An option that is a number of things. */
export function countOf(line: CommandLine, option: "next"): number | undefined {
  const value = line[option];
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new UsageError(`--${option} is "${value}", expected 1 to 9999`);
  return Number(value);
}
