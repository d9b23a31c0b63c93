import { App } from "cdktf";
import { Command } from "commander";
import { join, relative } from "node:path";
import { parse } from "./command-line/parse";
import { UserError } from "./command-line/user-error";
import { all, EnvironmentError } from "./environments/load";
import { DefinitionError } from "./pipelines/language/definition-error";
import { platform } from "./stacks/platform";
import { validate } from "./stacks/validate";

// cdktf keeps the stack of every token: mapping them all to TypeScript would be a fifth of the synth.
process.setSourceMapsEnabled(false);

const DESCRIPTION = "Writes the stacks of all environments as plain Terraform JSON, to cdktf.out or CDKTF_OUTDIR.";

try {
  if (parse(new Command("npm run synth").description(DESCRIPTION), process.argv.slice(2))) synthesize();
} catch (error) {
  process.setSourceMapsEnabled(true);
  if (!isMistake(error)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof UserError ? error.exitCode : 1;
}

function synthesize(): void {
  const app = new App();
  const environments = all();
  for (const settings of environments) platform(app, settings, join(__dirname, "notebooks"));
  validate(app);
  app.synth();
  const stacks = Object.keys(app.manifest.stacks).length;
  const place = relative(process.cwd(), app.outdir) || ".";
  console.log(`${stacks} stacks of ${environments.map(({ name }) => name).join(", ")} are in ${place}`);
}

/** What the user can put right, told by its message; anything else is a bug, told with its stack. */
function isMistake(error: unknown): error is Error {
  if (error instanceof UserError || error instanceof EnvironmentError || error instanceof DefinitionError) return true;
  return error instanceof Error && "syscall" in error;
}
