import type { ClientOptions } from "@azure-rest/core-client";
import type { TokenCredential } from "@azure/identity";
import { userInfo } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../../command-line/user-error";
import { namesOf } from "../../environments/naming";
import { load } from "../../environments/load";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import { savedOptions } from "../../local/job/run-folder";
import type { ResourceManager } from "../resource-manager";
import { DATABRICKS, hostOf, Workspace } from "../workspace";

/** Where a model is registered. */
export interface Place {
  /** Full name of the model. */
  readonly model: string;
  /** Who is at work. */
  readonly by: string;
  /** How MLflow gets there. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The MLflow of the local run in a folder. */
export function laptop(out: string): Place {
  const saved = savedOptions(out);
  if (saved === undefined)
    throw new UserError(`${out} holds no run yet: start with npm start, or name an --environment`);
  const store = pathToFileURL(join(out, "state", "mlruns")).href;
  return {
    model: namesOf(load(saved.environment)).model,
    by: userInfo().username,
    variables: { MLFLOW_TRACKING_URI: store, MLFLOW_REGISTRY_URI: store },
  };
}

/** MLflow and Unity Catalog of a deployed environment, with a token of whoever is signed in. */
export async function deployed(
  settings: EnvironmentSettings,
  azure: ResourceManager,
  credential: TokenCredential,
  options?: ClientOptions,
): Promise<Place> {
  const names = namesOf(settings);
  const host = await hostOf(azure, names);
  if (host === undefined)
    throw new UserError(
      `there is no workspace ${names.workspace} in ${names.resourceGroup}: deploy the environment's stacks first`,
    );
  const me = await new Workspace(host, credential, options).me();
  const token = await credential.getToken(DATABRICKS);
  if (me === undefined || token === null) throw new UserError(`the workspace ${host} does not know who is signed in`);
  return {
    model: names.model,
    by: me.userName,
    variables: {
      DATABRICKS_HOST: `https://${host}`,
      DATABRICKS_TOKEN: token.token,
      DATABRICKS_AUTH_TYPE: "pat", // or the identities that ARM_CLIENT_ID and others name would be tried too
      MLFLOW_TRACKING_URI: "databricks",
      MLFLOW_REGISTRY_URI: "databricks-uc",
    },
  };
}
