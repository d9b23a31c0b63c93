import { parseRequest } from "../command";

const DESCRIPTION =
  "Makes, once, what must be there before an environment is deployed: the account of Terraform's states, the identities of pipelines, registrations. Then moves its own state into that account, and gives each stack an empty one.";

export const readRequest = (parameters: readonly string[]) =>
  parseRequest("bootstrap", DESCRIPTION, ["apply"], parameters, (program) =>
    program
      .option("--terraform <command>", "Terraform, or OpenTofu", "terraform")
      .option("--yes", "apply without asking"),
  );
