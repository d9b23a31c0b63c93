import { Command } from "commander";
import { parse } from "../../command-line/parse";
import { UserError } from "../../command-line/user-error";
import { all } from "../../environments/load";
import { behind, follow } from "./follow";

const DESCRIPTION =
  "Writes the environments of environments/, in the order of promotion, into the pipelines of GitHub and Azure DevOps.";

/** `npm run environments` in the repository that is in `root`. */
export function writeEnvironments(parameters: readonly string[], root: string): void {
  const program = new Command("npm run environments --")
    .description(DESCRIPTION)
    .option("--check", "write nothing, and end with code 1 where a pipeline does not follow");
  if (!parse(program, parameters)) return;
  const environments = all();
  if (program.opts<{ check?: true }>().check) {
    const paths = behind(root, environments);
    if (paths.length === 0) return;
    const names = environments.map(({ name }) => name).join(", ");
    throw new UserError(`${paths.join(", ")}; allowed: ${names}, in this order: npm run environments writes it`);
  }
  const written = follow(root, environments);
  console.log(environments.map(({ name }) => name).join(", "));
  for (const path of written) console.log(`${path} follows`);
}
