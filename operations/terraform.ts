import { spawn } from "node:child_process";
import { once } from "node:events";
import { UserError } from "../command-line/user-error";
import { withVariables } from "../local/cloud/variables";
import { NOT_SIGNED_IN } from "./azure-errors";
import { withoutOtherSignIns } from "./databricks-sign-in";

export interface Outcome {
  readonly code: number;
  /** What it printed, where it was not shown. */
  readonly output: string;
}

/** Terraform or OpenTofu, run in the folder of one stack. */
export class Terraform {
  constructor(
    private readonly binary: string,
    private readonly folder: string,
    /** What makes it work elsewhere than in Azure. Default: it does not. */
    private readonly variables?: Readonly<Record<string, string>>,
  ) {}

  /** Runs a command that people watch and may answer. Throws `UserError` when it fails. */
  async show(...args: readonly string[]): Promise<void> {
    const { code } = await this.run(args, "inherit");
    if (code !== 0) throw new UserError(`${this.binary} ${args[0]} ended with code ${code}; what it says is above`);
  }

  /** Runs a command whose output is kept. */
  ask(...args: readonly string[]): Promise<Outcome> {
    return this.run(args, "pipe");
  }

  /** Runs a command whose output is kept. Throws `UserError` with what it says when it fails. */
  async succeed(...args: readonly string[]): Promise<Outcome> {
    const outcome = await this.ask(...args);
    const { code, output } = outcome;
    if (code === 0) return outcome;
    if (/unable to build authorizer|could not acquire access token|az login/.test(output))
      throw new UserError(`${NOT_SIGNED_IN} (${/Error: (.*)/.exec(output)?.[1] ?? `code ${code}`})`);
    throw new UserError(`${this.binary} ${args[0]} ended with code ${code} in ${this.folder}:\n${output.trim()}`);
  }

  private async run(args: readonly string[], output: "inherit" | "pipe"): Promise<Outcome> {
    const child = spawn(this.binary, args, {
      cwd: this.folder,
      stdio: [output === "inherit" ? "inherit" : "ignore", output, output],
      env: {
        ...(this.variables ? withVariables(process.env, this.variables) : withoutOtherSignIns(process.env)),
        CHECKPOINT_DISABLE: "1",
        ...(output === "pipe" && { TF_CLI_ARGS: "-no-color" }),
      },
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (printed += String(text)));
    await once(child, "close").catch(() => {
      throw new UserError(
        `${this.binary} cannot be run: install Terraform 1.5 or later, or name OpenTofu by --terraform tofu`,
      );
    });
    return { code: child.exitCode ?? 1, output: printed };
  }
}
