import { App } from "cdktf";
import { join } from "node:path";
import { all, EnvironmentError } from "./environments/load";
import { DefinitionError } from "./pipelines/definition-error";
import { platform } from "./stacks/platform";
import { validate } from "./stacks/validate";

// cdktf keeps the stack of every token: mapping them all to TypeScript would be a fifth of the synth.
process.setSourceMapsEnabled(false);

try {
  const app = new App();
  for (const settings of all()) platform(app, settings, join(__dirname, "notebooks"));
  validate(app);
  app.synth();
} catch (error) {
  process.setSourceMapsEnabled(true);
  if (!isMistake(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** What the user can put right, told by its message; anything else is a bug, told with its stack. */
function isMistake(error: unknown): error is Error {
  if (error instanceof EnvironmentError || error instanceof DefinitionError) return true;
  return error instanceof Error && "syscall" in error;
}
