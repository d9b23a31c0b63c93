import { UserError } from "../../command-line/user-error";
import { required } from "../required";
import { AzureDevOps } from "./azure-devops";
import { GitHub } from "./github";

/** Where the people of a project read what its pipelines have to say. Whatever is told again about the same thing takes the place of what was told before. */
export interface Service {
  /** Tells the readers of the pull request that is being checked. */
  comment(about: string, markdown: string): Promise<void>;
  /** Opens an issue, or brings the open one up to date. */
  openIssue(about: string, markdown: string): Promise<void>;
  /** Says that what an open issue is about is over. */
  resolveIssue(about: string): Promise<void>;
}

/** The service that runs this process. Throws `UserError` where none does. */
export function serviceOf(variables: Readonly<NodeJS.ProcessEnv>): Service {
  if (variables["GITHUB_ACTIONS"]) return new GitHub(required(variables));
  if (variables["TF_BUILD"]) return new AzureDevOps(required(variables));
  throw new UserError("neither GitHub Actions nor Azure Pipelines runs this: there is nobody to tell");
}
