import { spawnSync } from "node:child_process";
import { type CommandContext, runCommand } from "../../../local/command/command";
import { UserError } from "../../../command-line/user-error";
import { repository } from "../../repository";
import { runHere } from "../../run-here";

/** Runs a command in this process, and returns what it shows. */
async function command(work: (context: CommandContext) => string) {
  const { status, shown } = await runHere(() => runCommand("stopped", async (context) => work(context)));
  return { status, shown };
}

/** Runs a command whose work is `body`, in a process of its own, and returns what it shows. */
function commandOfProcess(body: string) {
  const program = `
    const { runCommand } = require("./local/command/command");
    const { UserError } = require("./command-line/user-error");
    void runCommand("stopped", async ({ progress, cleanup }) => { ${body} });`;
  const options = ["--require", "tsx/cjs", "--input-type=commonjs", "--eval", program];
  const shell = ["-c", 'exec 2>&1; exec "$@"', "sh", process.execPath, ...options];
  const { status, stdout, stderr } = spawnSync("sh", shell, { cwd: repository, encoding: "utf8" });
  return { status, shown: `${stdout}${stderr}` };
}

test("why it failed is the last thing on the screen, after the clean-up", () => {
  const body = `cleanup.add(() => progress.say("cleaned up")); throw new UserError("no such plant", 2);`;
  expect(commandOfProcess(body)).toEqual({ status: 2, shown: "cleaned up\nno such plant\n" });
});

test("a clean-up that fails does not hide why the work did", async () => {
  const ended = await command(({ cleanup }) => {
    cleanup.add(() => {
      throw new UserError("the port is kept");
    });
    throw new UserError("no such plant");
  });
  expect(ended).toEqual({ status: 1, shown: "not undone: the port is kept\nno such plant\n" });
});

test("the closing line of one that succeeds comes last too", async () => {
  const ended = await command(({ cleanup, progress }) => {
    cleanup.add(() => progress.say("cleaned up"));
    return "2 machines";
  });
  expect(ended).toEqual({ status: 0, shown: "cleaned up\n2 machines\n" });
});
