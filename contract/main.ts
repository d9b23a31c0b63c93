import { Command } from "commander";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "../command-line/parse";
import { UserError } from "../command-line/user-error";
import { PYTHON, pythonModule } from "./python";

try {
  const program = new Command("npm run contract").description(`Writes contract/ for Python: ${PYTHON}.`);
  if (parse(program, process.argv.slice(2))) writeFileSync(join(__dirname, "..", PYTHON), pythonModule());
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
