import { join } from "node:path";
import { UserError } from "../../command-line/user-error";
import { addPath } from "../ci/outputs";
import { runOperation } from "../command";
import { installTerraform, TERRAFORM } from "./install";

/** For the machines of pipelines; people have a Terraform of their own. */
void runOperation(async () => {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new UserError(`this machine is ${process.platform} ${process.arch}; allowed: linux x64`);
  const folder = join(__dirname, "..", "..", ".runtime", "terraform");
  await installTerraform(TERRAFORM, folder);
  addPath(process.env, folder);
  console.log(`${TERRAFORM.url} is in ${folder}`);
});
