import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../command-line/user-error";
import { digest } from "../digest";

export interface Download {
  readonly url: string;
  /** Of the archive. */
  readonly sha256: string;
}

// Images of runners have any Terraform or none, and what installs one in Azure Pipelines is an extension that does not check what it gets.
const VERSION = "1.11.4";

/** Source: HashiCorp, releases.hashicorp.com, `terraform_1.11.4_SHA256SUMS`. */
export const TERRAFORM: Download = {
  url: `https://releases.hashicorp.com/terraform/${VERSION}/terraform_${VERSION}_linux_amd64.zip`,
  sha256: "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
};

/** Puts Terraform into a folder. Throws `UserError` where it cannot be had, or is not the one that is expected. */
export async function installTerraform({ url, sha256 }: Download, folder: string): Promise<void> {
  const response = await fetch(url).catch((error: Error) => {
    throw new UserError(`${url} cannot be reached: ${error.message}`);
  });
  if (!response.ok) throw new UserError(`${url} is answered ${response.status}`);
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, "terraform.zip");
  writeFileSync(archive, Buffer.from(await response.arrayBuffer()));
  const found = digest(archive);
  if (found !== sha256) throw new UserError(`${url} has the sha256 ${found}, not ${sha256}`);
  const { status, stderr } = spawnSync("python3", ["-m", "zipfile", "-e", archive, folder], { encoding: "utf8" });
  if (status !== 0) throw new UserError(`${archive} cannot be unpacked: ${stderr || "there is no python3"}`);
  chmodSync(join(folder, "terraform"), 0o755);
}
