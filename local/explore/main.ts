import path from "node:path";
import { runCommand } from "../command/command";
import { explore } from "./explore";
import { parseExploration } from "./options";

void runCommand("stopped", async (context) => {
  const exploration = parseExploration(process.argv.slice(2));
  return exploration && explore({ ...exploration, root: path.resolve(__dirname, "../.."), ...context });
});
