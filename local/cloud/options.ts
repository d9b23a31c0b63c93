import path from "node:path";
import { Command, Option } from "commander";
import { parse } from "../../command-line/parse";

export interface CloudOptions {
  /** What has been deployed, its blobs and its tables. */
  readonly out: string;
  /** Forget what was deployed before. */
  readonly fresh: boolean;
  /** Groups of the Databricks account, which environments name in `access` and nobody here makes. */
  readonly group: readonly string[];
  /** A program and its arguments, which find this machine in the place of Azure; none: answer until Ctrl-C. */
  readonly command: readonly string[];
}

/** Reads the command line; `undefined` when it asked for help. */
export function parseCloudOptions(parameters: readonly string[]): CloudOptions | undefined {
  const program = new Command("npm run cloud --")
    .description(
      "Answers as Azure and Databricks on this machine: what Terraform deploys here runs here. With a command: runs it so that it finds this machine in the place of Azure.",
    )
    .argument("[command...]", "such as npx cdktf-cli@0.21.0 deploy 'dev-*', or terraform, az and any SDK")
    .passThroughOptions()
    .addOption(
      new Option("--out <folder>", "what has been deployed, its blobs and its tables")
        .argParser((folder: string) => path.resolve(folder))
        .default(path.resolve("out", "cloud"), "out/cloud"),
    )
    .option("--fresh", "forget what was deployed before", false)
    .addOption(
      new Option(
        "--group <name>",
        "a group of the Databricks account, as access in environments/ names it; may be repeated",
      )
        .default([], "none")
        .argParser<readonly string[]>((name, earlier) => [...earlier, name]),
    );
  if (!parse(program, parameters)) return undefined;
  return { ...program.opts<Omit<CloudOptions, "command">>(), command: program.args };
}
