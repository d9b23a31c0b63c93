import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { start } from "../../../local/job/start";
import { writeSynthesized } from "../fixtures/synthesized-folder";
import { repository } from "../../repository";
import { type Ended, runHere } from "../../run-here";

const folder = mkdtempSync(path.join(tmpdir(), "main-"));

function startProcess(...parameters: string[]) {
  const program = ["--require", "tsx/cjs", path.join(repository, "local", "job", "main.ts")];
  return spawnSync(process.execPath, [...program, ...parameters], { encoding: "utf8" });
}

const synthesized = ["--cdktf-out", writeSynthesized()];

function expectOneLine(
  { status, stderr }: Pick<Ended, "stderr"> & { readonly status: number | null },
  message: string,
) {
  expect([1, 2]).toContain(status);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
}

test.each<[string[], string]>([
  [["--bogus"], "unknown option '--bogus'"],
  [["--resume", "--out", folder], "nothing to resume"],
  [[...synthesized, "--environment", "qa"], 'unknown environment "qa", known are dev'],
  [["--cdktf-out", folder], "is not a synthesized folder"],
])("%j is one clear line", async (parameters, message) => {
  expectOneLine(await runHere(() => start(parameters, repository)), message);
});

test("data that lack a file are one clear line of the process", () => {
  expectOneLine(startProcess(...synthesized, "--data", folder), "has no PdM_machines.csv");
});
