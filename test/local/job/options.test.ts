import path from "node:path";
import { parseCommandLine } from "../../../local/job/options";

test("without arguments a year of a hundred machines is simulated, and the next day arrives as a blob", () => {
  expect(parseCommandLine([])).toEqual({
    options: {
      ...{ blobDays: 1, machines: 100, days: 366, seed: 42 },
      ...{ gaps: 0, dirty: 0, faulty: 0, newModel: 0 },
      environment: "dev",
    },
    given: [],
    out: path.resolve("out"),
    watch: false,
    resume: false,
    retries: true,
  });
});

test("what is given is read, checked and remembered as given; folders become absolute", () => {
  const line = "--data plant --train-to 2015-03-01 --blob-days 7 --environment test --out o --watch --cdktf-out c";
  expect(parseCommandLine(line.split(" "))).toMatchObject({
    options: {
      data: path.resolve("plant"),
      trainTo: "2015-03-01",
      blobDays: 7,
      environment: "test",
      cdktfOut: path.resolve("c"),
    },
    given: expect.arrayContaining(["data", "trainTo", "blobDays", "environment", "cdktfOut"]),
    out: path.resolve("o"),
    watch: true,
  });
});

test.each([
  ["--bogus", "unknown option '--bogus'"],
  ["--from scoring", "--from scoring needs --resume"],
  ["surplus", 'unexpected argument "surplus"'],
  ["--machines 0", "argument '0' is invalid. Allowed are whole numbers from 1 to 10000."],
  ["--gaps 0.6", "Allowed are shares from 0 to 0.5."],
  ["--dirty lots", "Allowed are shares from 0 to 0.5."],
  ["--new-model 1", "Allowed are shares from 0 to 0.5."],
  ["--machines 1.5", "Allowed are whole numbers"],
  ["--days 1", "Allowed are whole numbers from 2"],
  ["--blob-days -1", "Allowed are whole numbers from 1"],
  ["--seed x", "Allowed are whole numbers from 0"],
  ["--train-to 2015-02-30", "Expected a calendar day as yyyy-MM-dd."],
  ["--train-to", "argument missing"],
  ["--data . --new-model 0.1", "option '--data <folder>' cannot be used with option '--new-model <share>'"],
  ["--data . --seed 3", "option '--data <folder>' cannot be used with option '--seed <n>'"],
])("%s is one clear line", (line, message) => {
  const parse = () => parseCommandLine(line.split(" "));
  expect(parse).toThrow(message);
  expect(parse).toThrow(/^.+$/);
});

test("--help shows every option", () => {
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  expect(parseCommandLine(["--help"])).toBeUndefined();
  const shown = write.mock.calls.join("");
  write.mockRestore();
  const options =
    "data train-to blob-days machines days seed gaps dirty faulty new-model environment out watch no-retry resume from cdktf-out help";
  for (const option of options.split(" ")) expect(shown).toContain(`--${option}`);
});
