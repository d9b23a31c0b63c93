import { FactoryError } from "../factory-error";
import { problemLine } from "../problem";
import { type CommandLine, readCommandLine, USAGE, UsageError } from "./command-line";
import { run } from "./run";
import { runs } from "./runs";
import { triggers } from "./triggers";
import { validate } from "./validate";

/** Where a command writes its lines. */
export interface Output {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** 0: it went well. 1: it did not, and the lines say why. 2: the command line is wrong. */
export type ExitCode = 0 | 1 | 2;

type Command = (line: CommandLine, output: Output) => ExitCode | Promise<ExitCode>;

const COMMANDS: Readonly<Record<CommandLine["command"], Command>> = { run, runs, triggers, validate };

/** Runs a command line. What whoever types it can put right is a line, never a stack trace. */
export async function main(args: readonly string[], output: Output): Promise<ExitCode> {
  if (args.length === 0 || args.includes("--help")) {
    output.out(USAGE);
    return args.length === 0 ? 2 : 0;
  }
  try {
    const line = readCommandLine(args);
    return await COMMANDS[line.command](line, output);
  } catch (error) {
    if (error instanceof UsageError) {
      output.err(error.message);
      output.err(USAGE);
      return 2;
    }
    if (!(error instanceof FactoryError)) throw error;
    error.problems.forEach((problem) => output.err(problemLine(problem)));
    return 1;
  }
}
