import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeSynthesized } from "../fixtures/synthesized-folder";

const root = path.resolve(__dirname, "../../..");
const newFolder = () => mkdtempSync(path.join(tmpdir(), "explore-"));

function explore(...parameters: string[]) {
  const program = [require.resolve("tsx/cli"), path.join(root, "local", "explore", "main.ts")];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...parameters], { encoding: "utf8" });
  return { status, stdout, lines: stderr.trimEnd().split("\n") };
}

/** A folder of a run that ended, with these notebooks in its release. */
function ranBefore(notebooks: Readonly<Record<string, string>>): string {
  const out = newFolder();
  mkdirSync(path.join(out, "state"));
  const options = { environment: "dev", cdktfOut: writeSynthesized({ notebooks }) };
  writeFileSync(path.join(out, "state", "options.json"), JSON.stringify(options));
  return out;
}

test.each<[string[], string]>([
  [[], "missing required argument 'name'"],
  [["2b_model_testing", "--bogus"], "unknown option '--bogus'"],
  [["2b_model_testing", "1a_raw_data_exploring"], 'unexpected argument "1a_raw_data_exploring"'],
])("%j is wrong use, in one clear line", (parameters, message) => {
  expect(explore(...parameters)).toEqual({ status: 2, stdout: "", lines: [message] });
});

test("an unknown name is one line with the known ones, which are those below explore", () => {
  const out = ranBefore({ ingest: "", "explore/2b": "", "explore/1a": "" });
  for (const name of ["3c", "ingest"]) {
    const { status, lines } = explore(name, "--out", out);
    expect([status, lines]).toEqual([2, [`unknown notebook "${name}", known are 1a, 2b`]]);
  }
});

test("before any run there is nothing to look at, and no folder is made", () => {
  const out = path.join(newFolder(), "out");
  expect(explore("1a", "--out", out)).toEqual({
    status: 1,
    stdout: "",
    lines: [`${out} holds no run yet: start with npm start`],
  });
  expect(existsSync(out)).toBe(false);
});

test("a folder that another run uses is left alone", () => {
  const out = ranBefore({ "explore/1a": "" });
  writeFileSync(path.join(out, "state", "lock"), `${process.pid}\n`);
  const { status, lines } = explore("1a", "--out", out);
  expect(status).toBe(1);
  expect(lines).toEqual([expect.stringContaining(`another run (process ${process.pid}) uses this folder`)]);
});
