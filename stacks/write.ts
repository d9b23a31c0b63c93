import { App } from "cdktf";
import { Command } from "commander";
import { join, relative } from "node:path";
import { types } from "node:util";
import { parse } from "../command-line/parse";
import { UserError } from "../command-line/user-error";
import { requireSound } from "../contract/mistakes";
import { PLANT } from "../contract/plant";
import { all, EnvironmentError } from "../environments/load";
import { DefinitionError } from "../pipelines/language/definition-error";
import { synthesize } from "./synthesize";

const DESCRIPTION = "Writes the stacks of all environments as plain Terraform JSON, to cdktf.out or CDKTF_OUTDIR.";

/** `npm run synth` in the repository that is in `root`. */
export function write(parameters: readonly string[], root: string): void {
  try {
    if (parse(new Command("npm run synth").description(DESCRIPTION), parameters)) writeAll(root);
  } catch (error) {
    if (!isMistake(error)) throw error;
    console.error(error.message);
    process.exitCode = error instanceof UserError ? error.exitCode : 1;
  }
}

function writeAll(root: string): void {
  requireSound(PLANT);
  const app = new App();
  const environments = all();
  synthesize(app, environments, join(root, "notebooks"));
  const stacks = Object.keys(app.manifest.stacks).length;
  const place = relative(process.cwd(), app.outdir) || ".";
  console.log(`${stacks} stacks of ${environments.map(({ name }) => name).join(", ")} are in ${place}`);
}

/** What the user can put right, told by its message; anything else is a bug, told with its stack. */
function isMistake(error: unknown): error is Error {
  if (error instanceof UserError || error instanceof EnvironmentError || error instanceof DefinitionError) return true;
  return types.isNativeError(error) && "syscall" in error;
}
