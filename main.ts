import { App } from "cdktf";
import { join } from "node:path";
import { all, EnvironmentError } from "./environments/load";
import { DefinitionError } from "./pipelines/definition-error";
import { platform } from "./stacks/platform";
import { validate } from "./stacks/validate";

try {
  const app = new App();
  for (const settings of all()) platform(app, settings, join(__dirname, "notebooks"));
  validate(app);
  app.synth();
} catch (error) {
  if (!(error instanceof EnvironmentError || error instanceof DefinitionError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
