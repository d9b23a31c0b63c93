import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeClassicData } from "./fixtures/classic-data";
import { writeSynthesized } from "./fixtures/synthesized-folder";

const root = path.resolve(__dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "main-"));
const file = path.join(folder, "file");
writeFileSync(file, "");

function start(...parameters: string[]) {
  const program = [require.resolve("tsx/cli"), path.join(root, "local", "main.ts")];
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
  [[...synthesized, "--data", writeClassicData({}), "--out", path.join(file, "out")], "not a directory"],
])("%j is one clear line", (parameters, message) => {
  const { status, stderr } = start(...parameters);
  expect([1, 2]).toContain(status);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});
