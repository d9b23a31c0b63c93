import { activity, fakeFactory, FakeNotebooks } from "../../fake-factory";

const activities = [
  activity("python", "DatabricksSparkPython", {
    pythonFile: "dbfs:/@{toLower('MAIN')}.py",
    parameters: ["--rows", "@add(1, 2)", true],
  }),
];

test("runs its file with its parameters as text", async () => {
  const calls: unknown[] = [];
  const pythonFiles = {
    run: async (file: string, parameters: readonly string[]) => {
      calls.push([file, parameters]);
      return { seconds: 1.6 };
    },
  };
  const run = await fakeFactory(new FakeNotebooks(), { activities }, { pythonFiles }).run("p");
  expect(calls).toEqual([["dbfs:/main.py", ["--rows", "3", "True"]]]);
  expect(run.activities[0]!.output).toEqual({ runPageUrl: "dbfs:/main.py", executionDuration: 2 });
});

test("without a runner it needs a stub", async () => {
  await expect(fakeFactory(new FakeNotebooks(), { activities }).run("p")).rejects.toThrow(
    'pipeline "p": activity "python": runs a Python file, for which the factory has no runner',
  );
  const stubs = { p: { python: { output: { ok: true } } } };
  expect((await fakeFactory(new FakeNotebooks(), { activities }, { stubs }).run("p")).status).toBe("Succeeded");
});
