import path from "node:path";
import { runCommand } from "../command/command";
import { parseCommandLine } from "./options";
import { run } from "./run";

void runCommand("stopped; --resume continues from here", async (context) => {
  const commandLine = parseCommandLine(process.argv.slice(2));
  return commandLine && run({ commandLine, root: path.resolve(__dirname, "../.."), ...context });
});
