import { runCommand } from "../command/command";
import { explore } from "./explore";
import { parseExploration } from "./options";

/** `npm run notebook` in the repository that is in `root`. */
export function notebook(parameters: readonly string[], root: string): Promise<never> {
  return runCommand("stopped", async (context) => {
    const exploration = parseExploration(parameters);
    return exploration && explore({ ...exploration, root, ...context });
  });
}
