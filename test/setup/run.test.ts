import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { notebook } from "../../local/explore/notebook";
import { start } from "../../local/job/start";
import { verification } from "../../operations/verify/verification";
import { scan } from "../../scan/scan";
import { repository } from "../repository";
import { runHere } from "../run-here";

const fresh = mkdtempSync(join(tmpdir(), "fresh-"));

/** The repository as it is before any set-up but `npm ci`. */
beforeAll(() => {
  for (const name of readdirSync(repository))
    if (!name.startsWith(".") && !["out", "cdktf.out"].includes(name))
      symlinkSync(join(repository, name), join(fresh, name));
  process.chdir(fresh);
});

afterAll(() => {
  process.chdir(repository);
  rmSync(fresh, { recursive: true });
});

test.each([
  ["bench/main.ts", "usage: bench"],
  ["bench/main.ts quality", "usage: bench quality"],
  ["operations/model/main.ts", "npm run model --"],
])("%s helps before anything is set up, and leaves nothing behind", (program, usage) => {
  const before = readdirSync(fresh);
  const parameters = ["setup/run.mjs", ...program.split(" "), "--help"];
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { cwd: fresh, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain(usage);
  expect(stdout).not.toContain("Set-up");
  expect(readdirSync(fresh)).toEqual(before);
});

test.each<[string, (parameters: readonly string[], root: string) => unknown, string]>([
  ["npm start", start, "npm start -- [options]"],
  ["npm run notebook", notebook, "npm run notebook --"],
  ["npm run verification", verification, "npm run verification --"],
  ["npm run scan", scan, "npm run scan"],
])("%s helps before anything is set up, and leaves nothing behind", async (_, program, usage) => {
  const before = readdirSync(fresh);
  const { status, stdout, stderr } = await runHere(() => program(["--help"], fresh));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain(usage);
  expect(readdirSync(fresh)).toEqual(before);
});
