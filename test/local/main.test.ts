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
  [["surplus"], 'unexpected argument "surplus"'],
  [["--machines", "0"], "Allowed are whole numbers from 1 to 10000."],
  [["--seed", "x"], "Allowed are whole numbers from 0"],
  [["--train-to", "2015-02-30"], "Expected a calendar day as yyyy-MM-dd."],
  [["--data", ".", "--machines", "3"], "option '--data <folder>' cannot be used with option '--machines <n>'"],
  [["--resume", "--out", folder], "nothing to resume"],
  [[...synthesized, "--environment", "qa"], 'unknown environment "qa", known are dev'],
  [["--cdktf-out", folder], "is not a synthesized folder"],
  [[...synthesized, "--data", path.join(folder, "nothing")], "does not exist"],
  [[...synthesized, "--data", folder], "has no PdM_machines.csv"],
  [[...synthesized, "--data", writeClassicData({}), "--out", path.join(file, "out")], "not a directory"],
])("%j is one clear line", (parameters, message) => {
  const { status, stderr } = start(...parameters);
  expect([1, 2]).toContain(status);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("--help shows every option", () => {
  const { status, stdout } = start("--help");
  expect(status).toBe(0);
  for (const option of [
    "data",
    "train-to",
    "blob-days",
    "machines",
    "seed",
    "environment",
    "out",
    "watch",
    "resume",
    "help",
  ])
    expect(stdout).toContain(`--${option}`);
});
