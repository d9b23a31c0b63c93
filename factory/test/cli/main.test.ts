import { spawnSync } from "node:child_process";
import path from "node:path";
import { USAGE } from "../../cli/command-line";
import { command, fixture } from "./command";

test("is a program: it says how it is used", () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [path.join(__dirname, "..", "..", "cli", "adf-local.mjs"), "--help"],
    { encoding: "utf8" },
  );
  expect({ stdout, stderr, status }).toEqual({ stdout: `${USAGE}\n`, stderr: "", status: 0 });
});

test.each([
  ["an unknown command", ["walk"], 'unknown command "walk"'],
  ["an unknown option", ["run", "--fast"], "Unknown option '--fast'"],
  ["no factory", ["validate"], "validate needs --factory"],
  ["no pipeline", ["run", "--factory", fixture("plant")], "run needs a PIPELINE"],
  ["a pipeline and --until", ["run", "--factory", "f", "a", "--until", "2026-01-01T00:00:00Z"], "--until is for a run"],
  ["two pipelines", ["run", "--factory", fixture("plant"), "a", "b"], "too much is given: b"],
])("%s is refused with the usage", async (_, args, message) => {
  const { code, err } = await command(...args);
  expect(code).toBe(2);
  expect(err[0]).toContain(message);
  expect(err.at(-1)).toBe(USAGE);
});

test("a folder that is no factory is one line", async () => {
  expect(await command("validate", "--factory", fixture("gone"))).toEqual({
    code: 1,
    out: [],
    err: [expect.stringContaining("gone does not exist")],
  });
});
