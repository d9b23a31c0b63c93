import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../repository";

const fresh = mkdtempSync(join(tmpdir(), "fresh-"));

/** The repository as it is before any set-up but `npm ci`. */
beforeAll(() => {
  for (const name of readdirSync(repository))
    if (!name.startsWith(".") && !["out", "cdktf.out"].includes(name))
      symlinkSync(join(repository, name), join(fresh, name));
});

afterAll(() => rmSync(fresh, { recursive: true }));

test.each([
  ["local/job/main.ts", "npm start -- [options]"],
  ["local/explore/main.ts", "npm run notebook --"],
  ["scan/main.ts", "npm run scan"],
  ["bench/main.ts", "usage: bench"],
  ["operations/verify/main.ts", "npm run verification --"],
  ["operations/model/main.ts", "npm run model --"],
])("%s helps before anything is set up, and leaves nothing behind", (program, usage) => {
  const before = readdirSync(fresh);
  const parameters = ["setup/run.mjs", program, "--help"];
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { cwd: fresh, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain(usage);
  expect(stdout).not.toContain("Set-up");
  expect(readdirSync(fresh)).toEqual(before);
});
