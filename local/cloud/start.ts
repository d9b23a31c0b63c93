import { UserError } from "../../command-line/user-error";
import { runCommand } from "../command/command";
import { cloud } from "./cloud";
import { parseCloudOptions } from "./options";
import { runInCloud } from "./run-in-cloud";

/** `npm run cloud` in the repository that is in `root`. */
export async function start(parameters: readonly string[], root: string): Promise<void> {
  try {
    const options = parseCloudOptions(parameters);
    if (options === undefined) return;
    if (options.command.length > 0) process.exitCode = await runInCloud(options);
    else await runCommand("stopped; npm run cloud goes on from here", (context) => cloud(options, root, context));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = error.exitCode;
  }
}
