import { runCommand } from "../command/command";
import { parseCommandLine } from "./options";
import { run } from "./run";

/** `npm start` in the repository that is in `root`. */
export function start(parameters: readonly string[], root: string): Promise<never> {
  return runCommand("stopped; --resume continues from here", async (context) => {
    const commandLine = parseCommandLine(parameters);
    return commandLine && run({ commandLine, root, ...context });
  });
}
