import path from "node:path";
import { Cleanup } from "./cleanup";
import { NotebookFailed } from "./cluster/cluster";
import { parseCommandLine } from "./options";
import { Progress } from "./progress";
import { run } from "./run";
import { UserError } from "./user-error";

/** The user stopped the run. */
class Interrupted extends Error {
  constructor(readonly exitCode: number) {
    super("stopped; --resume goes on from here");
  }
}

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

async function main(): Promise<number> {
  const progress = new Progress(process.stdout);
  const cleanup = new Cleanup();
  const interruption = new AbortController();
  for (const [signal, exitCode] of Object.entries(SIGNALS))
    process.on(signal, () => interruption.abort(new Interrupted(exitCode)));
  try {
    const commandLine = parseCommandLine(process.argv.slice(2));
    if (commandLine === undefined) return 0;
    const root = path.resolve(__dirname, "..");
    await run({ commandLine, root, progress, cleanup, signal: interruption.signal });
    return 0;
  } catch (error) {
    progress.stop();
    console.error(explain(error));
    return exitCodeOf(error);
  } finally {
    await cleanup.run();
    progress.stop();
  }
}

/** One line for everything that has nothing to do with a mistake in this program. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof UserError || error instanceof Interrupted) return error.message;
  if (error instanceof NotebookFailed) return error.traceback;
  // The system's and the storage client's codes (ENOSPC, ECONNREFUSED, …), as opposed to those of Node's own checks.
  return code !== undefined && !code.startsWith("ERR_") ? error.message : (error.stack ?? error.message);
}

function exitCodeOf(error: unknown): number {
  return error instanceof UserError || error instanceof Interrupted ? error.exitCode : 1;
}

void main().then((code) => process.exit(code));
