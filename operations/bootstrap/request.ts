import { parseRequest } from "../command";
import { type LocalOptions, localOption } from "../laptop";

const DESCRIPTION =
  "Makes, once, what must be there before an environment is deployed: the account of Terraform's states, the identities of pipelines, registrations. Then moves its own state into that account, and gives each stack an empty one.";

interface Options extends LocalOptions {
  readonly terraform: string;
  readonly yes: boolean;
}

export const readRequest = (parameters: readonly string[]) =>
  parseRequest<"apply", Options>("bootstrap", DESCRIPTION, ["apply"], parameters, (program) =>
    program
      .option("--terraform <command>", "Terraform, or OpenTofu", "terraform")
      .option("--yes", "apply without asking", false)
      .addOption(localOption()),
  );
