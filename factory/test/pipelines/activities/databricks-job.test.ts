import { activity, fakeFactory, FakeNotebooks } from "../../fake-factory";

const job = (name: string) => [
  activity("job", "DatabricksJob", { [name]: "@string(12)", jobParameters: { day: "@add(1, 2)" } }),
];

test.each(["jobId", "jobID"])("runs the job of its %s with its parameters as text", async (name) => {
  const calls: unknown[] = [];
  const jobs = {
    run: async (jobId: string, parameters: Readonly<Record<string, string>>) => {
      calls.push([jobId, parameters]);
      return { seconds: 1 };
    },
  };
  const run = await fakeFactory(new FakeNotebooks(), { activities: job(name) }, { jobs }).run("p");
  expect(calls).toEqual([["12", { day: "3" }]]);
  expect(run.activities[0]!.output).toEqual({ runPageUrl: "12", executionDuration: 1 });
});

test("a job without id is refused when it is loaded", () => {
  expect(() => fakeFactory(new FakeNotebooks(), { activities: job("job") })).toThrow(
    'activity "job": typeProperties.jobId',
  );
});

test("without a runner it needs a stub", async () => {
  await expect(fakeFactory(new FakeNotebooks(), { activities: job("jobId") }).run("p")).rejects.toThrow(
    'pipeline "p": activity "job": runs a job, for which the factory has no runner',
  );
});
