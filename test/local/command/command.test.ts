import { spawnSync } from "node:child_process";
import { repository } from "../../repository";

/** Runs a command whose work is `body`, in a process of its own, and returns what it shows. */
function command(body: string) {
  const program = `
    const { runCommand } = require("./local/command/command");
    const { UserError } = require("./command-line/user-error");
    void runCommand("stopped", async ({ progress, cleanup }) => { ${body} });`;
  const options = ["--import", "tsx", "--input-type=commonjs", "--eval", program];
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", 'exec 2>&1; exec "$@"', "sh", process.execPath, ...options],
    {
      cwd: repository,
      encoding: "utf8",
    },
  );
  return { status, shown: `${stdout}${stderr}` };
}

test("why it failed is the last thing on the screen, after the clean-up", () => {
  const body = `cleanup.add(() => progress.say("cleaned up")); throw new UserError("no such plant", 2);`;
  expect(command(body)).toEqual({ status: 2, shown: "cleaned up\nno such plant\n" });
});

test("a clean-up that fails does not hide why the work did", () => {
  const body = `cleanup.add(() => { throw new UserError("the port is kept") }); throw new UserError("no such plant");`;
  expect(command(body)).toEqual({ status: 1, shown: "not undone: the port is kept\nno such plant\n" });
});

test("the closing line of one that succeeds comes last too", () => {
  const body = `cleanup.add(() => progress.say("cleaned up")); return "2 machines";`;
  expect(command(body)).toEqual({ status: 0, shown: "cleaned up\n2 machines\n" });
});
