import type { Stubs } from "../../runs/stubs";
import { activity, fakeFactory, FakeNotebooks, notebook, statuses } from "../fake-factory";

const copy = activity("copy", "Copy", { source: { query: "@concat('a', 'b')" } });

const run = (activities: readonly unknown[], stubs: Stubs, more: object = {}) =>
  fakeFactory(new FakeNotebooks(), { activities }, { stubs, ...more }).run("p");

test("a stub gives the output of an activity of any type, whatever the case of its names", async () => {
  const { status, activities } = await run([copy], { P: { COPY: { output: { rowsCopied: 3 } } } });
  expect(status).toBe("Succeeded");
  expect(activities).toMatchObject([{ type: "Copy", output: { rowsCopied: 3 }, attempts: 1 }]);
});

test("a stub fails in the service's shape", async () => {
  const fields = { errorCode: "2200", failureType: "SystemError", target: "blob" } as const;
  const { activities } = await run([copy], { p: { copy: { error: { ...fields, message: "no such blob" } } } });
  expect(activities[0]).toMatchObject({ ...fields, error: "no such blob", status: "Failed" });
});

test("the stub of a pipeline comes before that of any", async () => {
  const stubs = { "*": { copy: { output: { from: "any" } } }, p: { copy: { output: { from: "p" } } } };
  expect((await run([copy], stubs)).activities[0]!.output).toEqual({ from: "p" });
  expect((await run([copy], { "*": stubs["*"] })).activities[0]!.output).toEqual({ from: "any" });
});

test("a list answers call by call, retries included, and its last repeats", async () => {
  const retried = { ...copy, policy: { retry: 1, retryIntervalInSeconds: 0 } };
  const stubs = { p: { copy: [{ error: { message: "busy" } }, { output: { rows: 1 } }] } };
  const factory = fakeFactory(new FakeNotebooks(), { activities: [retried] }, { stubs });
  expect((await factory.run("p")).activities[0]).toMatchObject({ attempts: 2, output: { rows: 1 } });
  expect((await factory.run("p")).activities[0]).toMatchObject({ attempts: 1, output: { rows: 1 } });
});

test("a function answers with what it makes of the evaluated input, its datasets included, and the call", async () => {
  const inputs = [{ referenceName: "blob", parameters: { path: "@concat('c', 'd')" } }];
  const seen: unknown[] = [];
  const stubs: Stubs = {
    p: {
      copy: (input, call) => {
        seen.push(input);
        return { output: { call } };
      },
    },
  };
  const { activities } = await run([{ ...copy, inputs }], stubs);
  expect(seen).toEqual([{ source: { query: "ab" }, inputs: [{ referenceName: "blob", parameters: { path: "cd" } }] }]);
  expect(activities[0]!.output).toEqual({ call: 1 });
});

test("a stub evaluates what the activity says, so that its mistakes are found", async () => {
  const { activities } = await run([activity("copy", "Copy", { source: "@int('x')" })], { p: { copy: {} } });
  expect(activities[0]).toMatchObject({
    errorCode: "InvalidTemplate",
    error: `expression @int('x'): int expects a whole number, got "x" of type String`,
  });
});

test("a stub also stands for types that run here, and for loops with all they hold", async () => {
  const each = activity("each", "ForEach", { items: "@int('x')", activities: [copy] });
  const ended = await run([notebook("a"), each], { p: { a: { output: { x: 1 } }, each: {} } });
  expect(statuses(ended)).toEqual({ status: "Succeeded", a: "Succeeded", each: "Succeeded" });
});

describe("what cannot run here", () => {
  const child = (activities: readonly unknown[]) => ({ pipelines: [{ name: "child", properties: { activities } }] });
  const call = activity("call", "ExecutePipeline", { pipeline: { referenceName: "Child" } });
  const condition = activity("if", "IfCondition", { expression: "@true", ifFalseActivities: [copy] });

  test("is an error before anything runs, with all of it that can be reached", async () => {
    const lookup = activity("lookup", "Lookup", {});
    await expect(run([notebook("a"), condition, call], {}, child([lookup]))).rejects.toThrow(
      new Error(
        'pipeline "p": activity "copy": names no dataset, and runs here by a stub only\n' +
          'pipeline "child": activity "lookup": names no dataset, and runs here by a stub only',
      ),
    );
  });

  test("is none where it is inactive, in something inactive, or in a pipeline that is not called", async () => {
    const off = { state: "Inactive" };
    const activities = [
      { ...copy, ...off, name: "off" },
      { ...condition, ...off },
    ];
    expect((await run(activities, {}, child([copy]))).status).toBe("Succeeded");
  });

  test("is none below something that has a stub", async () => {
    expect((await run([call, condition], { p: { call: {}, if: {} } }, child([copy]))).status).toBe("Succeeded");
  });
});

test.each<[Stubs, string]>([
  [{ q: { copy: {} } }, 'stubs: the factory has no pipeline "q"'],
  [{ p: { cpoy: {} } }, 'stubs: pipeline "p" has an activity "cpoy"'],
  [{ "*": { cpoy: {} } }, 'stubs: no pipeline has an activity "cpoy"'],
  [{ p: { copy: [] } }, 'stubs: the list of "copy" is empty'],
])("the stubs %j are refused", (stubs, message) => {
  expect(() => run([copy], stubs)).toThrow(new Error(message));
});
