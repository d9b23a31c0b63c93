import { command, fileOf, fixture } from "./command";

const stubs = (notebook: object) => fileOf({ notebooks: { "/plant/INGEST": notebook } });
const run = (...args: readonly string[]) => command("run", "--factory", fixture("plant"), "nightly load", ...args);

test("runs a pipeline of a folder, whatever the case of its name, and shows its activities", async () => {
  const { code, out, err } = await run(
    "--stubs",
    stubs({ exitValue: { rows: 3 } }),
    "--parameters",
    fileOf({ day: "sunday" }),
  );
  expect([code, err]).toEqual([0, []]);
  expect(out).toEqual([
    "Nightly Load started by manual",
    expect.stringMatching(/^ {2}Ingest Day \(DatabricksNotebook\) Succeeded: .*"rows":3/),
    expect.stringMatching(/^ {2}Keep rows \(SetVariable\) Succeeded: .*"3"/),
    expect.stringMatching(/^Nightly Load Succeeded \(/),
  ]);
});

test.each([
  ["a notebook fails as its stub says", ["--stubs", stubs({ error: "no such column" })], "Failed: no such column"],
  ["nothing stands for a notebook", [], 'Failed: nothing stands for notebook "/plant/ingest": name it in --stubs'],
])("ends with 1 where %s", async (_, args, message) => {
  const { code, out } = await run(...args);
  expect(code).toBe(1);
  expect(out[1]).toContain(message);
  expect(out.at(-1)).toContain("Nightly Load Failed");
});

test.each([
  ["a parameter that does not exist", ["--parameters", fileOf({ month: 1 })], 'has no parameter "month", it has: Day'],
  ["parameters that are no object", ["--parameters", fileOf([])], "expected an object of parameters"],
  ["stubs of another kind", ["--stubs", fileOf({ notebooks: { a: 1 } })], "notebooks.a: Invalid input"],
  ["a file that is not there", ["--stubs", "gone.json"], "gone.json: cannot be read"],
])("%s is one line", async (_, args, message) => {
  const { code, err } = await run(...args);
  expect(code).toBe(1);
  expect(err).toEqual([expect.stringContaining(message)]);
});

test("what no run of the pipeline reaches does not keep it from running; what it reaches does", async () => {
  const { code, err } = await command("run", "--factory", fixture("plant"), "copies");
  expect(code).toBe(1);
  expect(err).toEqual([expect.stringMatching(/^pipeline\/copies.json: pipeline "copies": activity "Copy files"/)]);
});
