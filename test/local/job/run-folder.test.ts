import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseCommandLine } from "../../../local/job/options";
import { resolveOptions, RunFolder } from "../../../local/job/run-folder";

const newFolder = () => mkdtempSync(path.join(tmpdir(), "out-"));

function open(out: string, ...parameters: string[]): RunFolder {
  const commandLine = parseCommandLine(["--out", out, ...parameters])!;
  return RunFolder.open(commandLine, resolveOptions(commandLine));
}

test("a fresh run empties its own folder and nothing else in it", () => {
  const out = newFolder();
  const first = open(out, "--seed", "1");
  writeFileSync(first.at("runs.jsonl"), "old");
  writeFileSync(first.predictions, "old");
  writeFileSync(first.workList, "old");
  writeFileSync(path.join(out, "notes.txt"), "mine");
  first.close();
  const second = open(out, "--seed", "2");
  expect(readdirSync(second.state).sort()).toEqual(["lock", "options.json"]);
  expect(existsSync(second.predictions)).toBe(false);
  expect(existsSync(second.workList)).toBe(false);
  expect(readFileSync(path.join(out, "notes.txt"), "utf8")).toBe("mine");
});

test("a folder that is not a run's is left alone", () => {
  const out = newFolder();
  mkdirSync(path.join(out, "state"));
  writeFileSync(path.join(out, "state", "thesis.txt"), "mine");
  expect(() => open(out)).toThrow(`--out ${out} holds state and is not the folder of a run`);
  expect(readdirSync(path.join(out, "state"))).toEqual(["thesis.txt"]);
});

test("what other commands have left there does not stand in the way, and stays", () => {
  const out = newFolder();
  for (const folder of ["artifact", "bench", "cloud", "verification"])
    mkdirSync(path.join(out, folder, "deeper"), { recursive: true });
  for (const file of ["bench.json", "quality.json", "plan.md", "drift.md"]) writeFileSync(path.join(out, file), "kept");
  const before = readdirSync(out);
  open(out).close();
  expect(readdirSync(out).sort()).toEqual([...before, "state"].sort());
  expect(existsSync(path.join(out, "verification", "deeper"))).toBe(true);
});

test("beside what other commands have left, a foreign file is still foreign", () => {
  const out = newFolder();
  mkdirSync(path.join(out, "artifact"));
  writeFileSync(path.join(out, "predictions.csv"), "mine");
  expect(() => open(out)).toThrow(`--out ${out} holds predictions.csv and is not the folder of a run`);
  expect(readFileSync(path.join(out, "predictions.csv"), "utf8")).toBe("mine");
});

test.each([path.join(__filename, "out"), "/proc/out"])("%s cannot be written, in one clear line", (out) => {
  expect(() => open(out)).toThrow(/^--out .* cannot be written: .*$/);
});

test("data inside the state that a fresh run empties is refused", () => {
  const out = newFolder();
  expect(() => open(out, "--data", path.join(out, "state", "plant"))).toThrow("which a fresh run empties");
});

test("a resumed run keeps the state and has the saved options", () => {
  const out = newFolder();
  const first = open(out, "--seed", "7", "--blob-days", "3");
  writeFileSync(first.at("runs.jsonl"), "kept");
  first.close();
  const commandLine = parseCommandLine(["--out", out, "--resume", "--seed", "7"])!;
  const options = resolveOptions(commandLine);
  expect(options).toMatchObject({ seed: 7, blobDays: 3, machines: 100 });
  expect(readFileSync(RunFolder.open(commandLine, options).at("runs.jsonl"), "utf8")).toBe("kept");
});

test("a given option must not contradict the run that is resumed", () => {
  const out = newFolder();
  open(out, "--seed", "7").close();
  expect(() => open(out, "--resume", "--seed", "8")).toThrow(
    "--seed 8 contradicts the run that is resumed, which has 7",
  );
  expect(() => open(out, "--resume", "--train-to", "2015-02-01")).toThrow(
    "--train-to 2015-02-01 contradicts the run that is resumed, which has none",
  );
});

test("options that were saved in another shape are one clear line", () => {
  const out = newFolder();
  const folder = open(out);
  folder.close();
  writeFileSync(folder.at("options.json"), "{}");
  expect(() => open(out, "--resume")).toThrow(/options\.json: blobDays: .+$/);
});

test("there must be something to resume", () => {
  expect(() => open(newFolder(), "--resume")).toThrow("nothing to resume");
});

test("one run at a time; the lock of a process that is gone does not count", () => {
  const out = newFolder();
  const folder = open(out);
  writeFileSync(folder.at("lock"), `${process.ppid}\n`);
  expect(() => open(out)).toThrow(`another run (process ${process.ppid}) uses this folder`);
  writeFileSync(folder.at("lock"), "999999999\n");
  open(out).close();
  expect(existsSync(folder.at("lock"))).toBe(false);
});
