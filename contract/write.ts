import { Command } from "commander";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "../command-line/parse";
import { UserError } from "../command-line/user-error";
import { requireSound } from "./mistakes";
import { PLANT } from "./plant";
import { PYTHON, pythonModule } from "./python";
import { SIMULATOR, simulatorModule } from "./simulator";

const DESCRIPTION = `Writes contract/ for Python: ${PYTHON} and ${SIMULATOR}.`;

/** `npm run contract` in the repository that is in `root`. */
export function write(parameters: readonly string[], root: string): void {
  try {
    if (!parse(new Command("npm run contract").description(DESCRIPTION), parameters)) return;
    requireSound(PLANT);
    writeFileSync(join(root, PYTHON), pythonModule());
    writeFileSync(join(root, SIMULATOR), simulatorModule());
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = error.exitCode;
  }
}
