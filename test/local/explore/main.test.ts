import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { explore, exploreHere, newFolder, ranBefore } from "./explore-command";

test.each<[string[], string]>([
  [[], "missing required argument 'name'"],
  [["2b_model_testing", "--bogus"], "unknown option '--bogus'"],
  [["2b_model_testing", "1a_raw_data_exploring"], 'unexpected argument "1a_raw_data_exploring"'],
])("%j is wrong use, in one clear line", async (parameters, message) => {
  expect(await exploreHere(...parameters)).toEqual({ status: 2, stdout: "", lines: [message] });
});

test("an unknown name is one line with the known ones: those below explore, and those of the pipelines", async () => {
  const out = ranBefore({ ingest: "", other: "", "explore/2b": "", "explore/1a": "" });
  for (const name of ["3c", "other"]) {
    const { status, lines } = await exploreHere(name, "--out", out);
    expect([status, lines]).toEqual([2, [`unknown notebook "${name}", known are 1a, 2b, ingest`]]);
  }
});

test("a notebook of the pipelines that has not run yet is one line", async () => {
  const { status, lines } = await exploreHere("ingest", "--out", ranBefore({ ingest: "" }));
  expect([status, lines]).toEqual([2, ['notebook "ingest" has not run yet, of the pipelines\' these have: none']]);
});

test("before any run there is nothing to look at, and no folder is made", async () => {
  const out = path.join(newFolder(), "out");
  expect(await exploreHere("1a", "--out", out)).toEqual({
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
