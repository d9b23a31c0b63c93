import { type Command, InvalidArgumentError, Option } from "commander";
import { type LocalOptions, localOption } from "../laptop";

export const DESCRIPTION =
  "plan saves what would change in an environment, apply makes exactly those changes while no pipeline runs, verify scores a known plant, rollback deploys the previous release, drift reports what differs from the deployment.";

export interface Options extends LocalOptions {
  readonly terraform: string;
  readonly artifact?: string;
  readonly checksum?: string;
  readonly readOnly?: true;
  readonly share?: true;
  readonly plans?: string;
  readonly allow: readonly string[];
  readonly report?: string;
  /** In minutes. */
  readonly wait: number;
  readonly rollback?: true;
}

// A pipeline has no list of parameters: there one variable holds the addresses, or nothing.
const allow = new Option("--allow <address>", "replace or destroy this protected resource; may be repeated")
  .env("ALLOW")
  .default([], "none")
  .argParser<readonly string[]>((value, earlier) => [...earlier, ...value.split(/\s+/).filter(Boolean)]);

export function withOptions(program: Command): Command {
  return program
    .option("--terraform <command>", "Terraform, or OpenTofu", "terraform")
    .option("--artifact <file>", "plan: the artifact to deploy, instead of one that is built from this folder")
    .option("--checksum <sha256>", "plan: refuse any other artifact than this one")
    .option("--read-only", "plan: take no lock on the states, for a read-only identity")
    .option("--share", "plan: leave the plans for another machine, and print their name")
    .option("--plans <name>", "apply: plans that were shared by this name")
    .addOption(allow)
    .option("--report <file>", "plan, drift: write what changes, in Markdown")
    .option("--wait <minutes>", "apply, rollback, verify: how long runs may take to end", minutes, 60)
    .option("--rollback", "verify: deploy the previous release if it fails")
    .addOption(localOption());
}

function minutes(value: string): number {
  if (!/^\d{1,4}$/.test(value)) throw new InvalidArgumentError("allowed: 0 to 9999 minutes");
  return Number(value);
}
