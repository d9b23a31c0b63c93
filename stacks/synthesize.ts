import type { App } from "cdktf";
import type { EnvironmentSettings } from "../environments/settings/settings";
import { platform } from "./platform";
import { validate } from "./validate";

/** Writes the stacks of environments to the app's folder; the Python files of `notebooks` are released. Throws `DefinitionError`. */
export function synthesize(app: App, environments: readonly EnvironmentSettings[], notebooks: string): void {
  const { prepareStackTrace } = Error;
  // cdktf writes down where each token was made, and nobody reads it: mapped to TypeScript, that would be a fifth of the time.
  Error.prepareStackTrace = () => "";
  try {
    for (const settings of environments) platform(app, settings, notebooks);
    validate(app);
    app.synth();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
