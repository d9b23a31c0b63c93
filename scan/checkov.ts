import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { UserError } from "../command-line/user-error";
import { readReport, type Report } from "./report";

const folder = process.platform === "win32" ? "Scripts" : "bin";

/** Where `npm run scan` installs checkov. */
export const CHECKOV = resolve(__dirname, "..", ".runtime", "scan", folder, "checkov");

/** Runs checkov on the Terraform JSON below a folder, without a network. Throws `UserError` when it does not come to an end. */
export function checkov(stacks: string): Report {
  const options = ["--framework", "terraform_json", "--output", "json", "--compact", "--skip-download"];
  const { status, stdout, stderr, error } = spawnSync(CHECKOV, ["--directory", stacks, ...options], {
    encoding: "utf8",
    maxBuffer: 256 * 2 ** 20,
    // Platform keys of the person who runs it would make it call home.
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("BC_"))),
  });
  // 0: nothing found; 1: something found.
  if (error || (status !== 0 && status !== 1))
    throw new UserError(`checkov failed: ${error?.message ?? stderr.trim().split("\n").at(-1)}`);
  return readReport(stdout);
}
