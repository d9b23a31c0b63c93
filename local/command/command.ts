import { FactoryError } from "adf-local";
import { codeOf } from "../../command-line/message";
import { UserError } from "../../command-line/user-error";
import { NotebookFailed } from "../cluster/cluster";
import { Cleanup } from "./cleanup";
import { Progress } from "./progress";

/** What a command works with from its start to its end. */
export interface CommandContext {
  readonly progress: Progress;
  readonly cleanup: Cleanup;
  /** Aborted when the user stops the command. */
  readonly signal: AbortSignal;
}

/** The user stopped the command. */
class Interrupted extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs a command to its end, undoes what it started, and ends the process. What `work` returns, or why it failed, is the last thing on the
 * screen; `stopped` is said when the user stops it.
 */
export async function runCommand(
  stopped: string,
  work: (context: CommandContext) => Promise<string | undefined>,
): Promise<never> {
  const progress = new Progress(process.stdout);
  const cleanup = new Cleanup();
  const interruption = new AbortController();
  for (const [signal, exitCode] of Object.entries(SIGNALS))
    process.on(signal, () => interruption.abort(new Interrupted(stopped, exitCode)));
  const { last, exitCode } = await work({ progress, cleanup, signal: interruption.signal }).then(ended, failed);
  progress.stop();
  for (const problem of await cleanup.run()) console.error(`not undone: ${explain(problem)}`);
  progress.stop();
  if (last !== undefined) (exitCode === 0 ? console.log : console.error)(last);
  process.exit(exitCode);
}

function ended(last: string | undefined) {
  return { last, exitCode: 0 };
}

function failed(error: unknown) {
  const exitCode = error instanceof UserError || error instanceof Interrupted ? error.exitCode : 1;
  return { last: explain(error), exitCode };
}

/** What the factory refuses of the user's words is wrong use: `prefix`, which says which words, comes before its message. */
export function asWrongUse<T>(prefix: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof FactoryError)) throw error;
    throw new UserError(`${prefix}${error.message}`, 2);
  }
}

/** The result of the work, or at once the reason of an abort. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}

/** One line for everything that has nothing to do with a mistake in this program. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = codeOf(error);
  if (error instanceof UserError || error instanceof FactoryError || error instanceof Interrupted) return error.message;
  if (error instanceof NotebookFailed) return error.traceback;
  // The system's and the storage client's codes (ENOSPC, ECONNREFUSED, …), as opposed to those of Node's own checks.
  return code !== undefined && !code.startsWith("ERR_") ? error.message : (error.stack ?? error.message);
}
