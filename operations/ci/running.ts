import { UserError } from "../../command-line/user-error";
import { required } from "../required";
import { AzureDevOps } from "./azure-devops";
import { GitHub } from "./github";
import type { Service } from "./service";

/** The service that runs this process. Throws `UserError` where none does. */
export function runningService(variables: Readonly<NodeJS.ProcessEnv>): Service {
  if (variables["GITHUB_ACTIONS"]) return new GitHub(required(variables));
  if (variables["TF_BUILD"]) return new AzureDevOps(required(variables));
  throw new UserError("this does not run in GitHub Actions or Azure Pipelines, so there is nobody to notify");
}
