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

try {
  const program = new Command("npm run contract").description(DESCRIPTION);
  if (parse(program, process.argv.slice(2))) {
    requireSound(PLANT);
    writeFileSync(join(__dirname, "..", PYTHON), pythonModule());
    writeFileSync(join(__dirname, "..", SIMULATOR), simulatorModule());
  }
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
