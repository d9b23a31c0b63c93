import { command, fileOf, fixture } from "./command";

const stubs = (ingest: object) => fileOf({ "NIGHTLY load": { "ingest DAY": ingest } });
const run = (...args: readonly string[]) => command("run", "--factory", fixture("plant"), "nightly load", ...args);

test("runs a pipeline of a folder, whatever the case of its name, and shows its activities", async () => {
  const { code, out, err } = await run(
    "--stubs",
    stubs({ output: { runOutput: { rows: 3 } } }),
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

test("ends with 1 where a notebook fails as its stub says", async () => {
  const { code, out } = await run("--stubs", stubs({ error: { message: "no such column" } }));
  expect(code).toBe(1);
  expect(out[1]).toContain("Failed: no such column");
  expect(out.at(-1)).toContain("Nightly Load Failed");
});

test.each([
  [
    "a parameter that does not exist",
    ["--stubs", stubs({}), "--parameters", fileOf({ month: 1 })],
    'there is no parameter "month", there are: Day',
  ],
  ["parameters that are no object", ["--parameters", fileOf([])], "expected an object of parameters"],
  ["stubs of another kind", ["--stubs", fileOf({ "*": { a: 1 } })], "*.a: Invalid input"],
  [
    "a notebook that nothing stands for",
    [],
    'activity "Ingest Day": runs a notebook, for which the factory has no runner',
  ],
  ["a file that is not there", ["--stubs", "gone.json"], "gone.json: cannot be read"],
])("%s is one line", async (_, args, message) => {
  const { code, err } = await run(...args);
  expect(code).toBe(1);
  expect(err).toEqual([expect.stringContaining(message)]);
});

test("what no run of the pipeline reaches does not keep it from running; what it reaches does", async () => {
  const { code, err } = await command("run", "--factory", fixture("plant"), "copies");
  expect(code).toBe(1);
  expect(err).toEqual([expect.stringMatching(/^pipeline "copies": activity "Copy files": names no dataset/)]);
});
