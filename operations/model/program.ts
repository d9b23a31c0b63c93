import { join } from "node:path";
import type { Place } from "./place";
import type { ModelRequest } from "./request";

/** What the program is told; nothing in it is secret, because everybody on the machine can read command lines. */
export function parametersOf(request: ModelRequest, { model, by }: Place): readonly string[] {
  const { action, version = "", reason = "", force } = request;
  const named = Object.entries({ model, by, version, reason }).map(([name, value]) => `--${name}=${value}`);
  return [action, ...named, ...(force ? ["--force"] : [])];
}

/** The environment that it runs in: MLflow is where the place says, whatever the user's own settings are. */
export function environmentOf(place: Place, root: string, own: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => !/^(DATABRICKS|MLFLOW)_/.test(name));
  return {
    ...Object.fromEntries(kept),
    PYTHONPATH: join(root, "notebooks"),
    PYTHONUTF8: "1",
    GIT_PYTHON_REFRESH: "quiet",
    MLFLOW_LOGGING_LEVEL: "ERROR",
    ...place.variables,
  };
}
