import { Command } from "commander";
import { join } from "node:path";
import { parse } from "../../command-line/parse";
import { UserError } from "../../command-line/user-error";
import { addPath } from "../ci/outputs";
import { runOperation } from "../command";
import { installTerraform, TERRAFORM } from "./install";

const DESCRIPTION =
  "Puts one pinned Terraform below .runtime, for the machines of pipelines; people have one of their own.";

void runOperation(async () => {
  if (!parse(new Command("npm run install-terraform").description(DESCRIPTION), process.argv.slice(2))) return;
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new UserError(`this machine is ${process.platform} ${process.arch}; allowed: linux x64`);
  const folder = join(__dirname, "..", "..", ".runtime", "terraform");
  await installTerraform(TERRAFORM, folder);
  addPath(process.env, folder);
  console.log(`${TERRAFORM.url} is in ${folder}`);
});
