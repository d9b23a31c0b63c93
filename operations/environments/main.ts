import { Command } from "commander";
import { join } from "node:path";
import { parse } from "../../command-line/parse";
import { UserError } from "../../command-line/user-error";
import { all } from "../../environments/load";
import { runOperation } from "../command";
import { behind, follow } from "./follow";

const DESCRIPTION =
  "Writes the environments of environments/, in the order of promotion, into the pipelines of GitHub and Azure DevOps.";

void runOperation(async () => {
  const program = new Command("npm run environments --")
    .description(DESCRIPTION)
    .option("--check", "write nothing, and end with code 1 where a pipeline does not follow");
  if (!parse(program, process.argv.slice(2))) return;
  const root = join(__dirname, "..", "..");
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
});
