import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeSynthesized } from "../fixtures/synthesized-folder";
import { repository } from "../../repository";

const folder = mkdtempSync(path.join(tmpdir(), "main-"));

function start(...parameters: string[]) {
  const program = [require.resolve("tsx/cli"), path.join(repository, "local", "job", "main.ts")];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...parameters], { encoding: "utf8" });
  return { status, stdout, stderr };
}

const synthesized = ["--cdktf-out", writeSynthesized()];

test.each<[string[], string]>([
  [["--bogus"], "unknown option '--bogus'"],
  [["--resume", "--out", folder], "nothing to resume"],
  [[...synthesized, "--environment", "qa"], 'unknown environment "qa", known are dev'],
  [["--cdktf-out", folder], "is not a synthesized folder"],
  [[...synthesized, "--data", folder], "has no PdM_machines.csv"],
])("%j is one clear line", (parameters, message) => {
  const { status, stderr } = start(...parameters);
  expect([1, 2]).toContain(status);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});
