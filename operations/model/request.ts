import { Command } from "commander";
import { parse } from "../../command-line/parse";
import { UserError } from "../../command-line/user-error";
import { outOption } from "../../local/job/options";
import { actionOf } from "../command";

const ACTIONS = ["status", "promote", "rollback"] as const;

const DESCRIPTION =
  "Shows the versions of the model, makes one champion by hand, or restores the previous champion: on this machine those of the last npm start, with --environment those of a deployed environment. Who, when and why is kept with the version and in its MLflow run.";

/** What somebody wants of the model. */
export interface ModelRequest {
  readonly action: (typeof ACTIONS)[number];
  /** Of promote. */
  readonly version: string | undefined;
  readonly reason: string | undefined;
  /** Also what the gate has not promoted. */
  readonly force: boolean;
  /** Whose model; absent: that of the last local run. */
  readonly environment: string | undefined;
  /** The folder of the local run. */
  readonly out: string;
}

interface Options {
  readonly environment?: string;
  readonly out: string;
  readonly reason?: string;
  readonly force?: string;
}

/** Reads the command line; `undefined` when it asked for help. Throws `UserError` for wrong use. */
export function parseModelRequest(parameters: readonly string[]): ModelRequest | undefined {
  const program = new Command("npm run model --")
    .description(DESCRIPTION)
    .argument("<action>", ACTIONS.join(", "))
    .argument("[version]", "of promote: the number of a version, as status shows it")
    .option("--environment <name>", "a file of environments/, such as dev")
    .option("--reason <text>", "why, of promote and rollback")
    .option("--force <reason>", "promote even a version that was judged worse, or never judged")
    .addOption(outOption().conflicts("environment"));
  if (!parse(program, parameters)) return undefined;
  const [word, version] = program.args;
  const action = actionOf(word, ACTIONS);
  const { environment, out, reason, force } = program.opts<Options>();
  refuse(action === "promote" && version === undefined, "promote needs the number of a version, as status shows it");
  refuse(action !== "promote" && version !== undefined, `unexpected argument "${version}"`);
  refuse(
    version !== undefined && !/^[1-9]\d*$/.test(version),
    `the version is ${JSON.stringify(version)}; allowed: a number such as 3`,
  );
  refuse(action !== "promote" && force !== undefined, "--force is an option of promote");
  refuse(action === "status" && reason !== undefined, "--reason is an option of promote and rollback");
  refuse(force !== undefined && reason !== undefined, "--force says the reason itself: leave out --reason");
  refuse(
    [force, reason].some((text) => text?.trim() === ""),
    "the reason is empty",
  );
  return { action, version, reason: force ?? reason, force: force !== undefined, environment, out };
}

function refuse(wrong: boolean, message: string): void {
  if (wrong) throw new UserError(message, 2);
}
