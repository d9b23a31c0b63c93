import type { FactoryEvent } from "../../runs/events";
import { HIDDEN } from "../../runs/secure";
import { planRerun } from "../../runs/rerun";
import { activity, fakeFactory, FakeNotebooks, notebook } from "../fake-factory";

const SECRET = "hunter2";

/** Runs activities and returns the factory, its run, and all that was told and kept, as one text. */
async function record(activities: readonly unknown[], notebooks: FakeNotebooks, child: readonly unknown[] = []) {
  const events: FactoryEvent[] = [];
  const factory = fakeFactory(
    notebooks,
    { activities, variables: { v: { type: "Integer" } } },
    {
      observe: (event) => events.push(event),
      pipelines: [{ name: "child", properties: { activities: child, parameters: { password: { type: "String" } } } }],
    },
  );
  const run = await factory.run("p");
  return { factory, run, all: JSON.stringify([events, factory.history.runs]) };
}

test.each(["secureInput", "secureOutput"])(
  "with %s what follows reads the output and nobody else sees it",
  async (way) => {
    const notebooks = new FakeNotebooks({ key: () => SECRET });
    const { run, all } = await record(
      [
        notebook("key", { policy: { [way]: true } }),
        notebook("use", {
          key: "Succeeded",
          policy: { secureInput: true },
          baseParameters: { key: "@activity('key').output.runOutput" },
        }),
      ],
      notebooks,
    );
    expect(notebooks.calls[1]!.parameters).toEqual({ key: SECRET });
    expect(run.activities[0]).toMatchObject({ status: "Succeeded", isSecure: true });
    expect(run.activities[0]).not.toHaveProperty("output");
    expect(all).not.toContain(SECRET);
  },
);

test("as in the service, an activity that copies a secure output on shows it, unless its own policy hides it", async () => {
  const copied = async (policy: object) => {
    const set = activity(
      "set",
      "SetVariable",
      { variableName: "v", value: "@int(activity('key').output.runOutput)" },
      { policy, key: "Succeeded" },
    );
    const notebooks = new FakeNotebooks({ key: () => "4711" });
    const { run, all } = await record([notebook("key", { policy: { secureOutput: true } }), set], notebooks);
    expect(run.status).toBe("Succeeded");
    return { set: run.activities[1]!, shows: all.includes("4711") };
  };
  const { set, shows } = await copied({});
  expect([set.input, set.output, shows]).toEqual([
    { variableName: "v", value: 4711 },
    { name: "v", value: 4711 },
    true,
  ]);
  expect((await copied({ secureInput: true })).shows).toBe(false);
});

test("errors that may hold a value are hidden: of the activity, its attempts, and what holds it", async () => {
  const inside = activity(
    "set",
    "SetVariable",
    { variableName: "v", value: `@int('${SECRET}')` },
    {
      policy: { secureInput: true },
    },
  );
  const { run, all } = await record(
    [
      activity("if", "IfCondition", { expression: "@true", ifTrueActivities: [inside] }),
      notebook("bad", { policy: { secureInput: true, retry: 1 } }),
    ],
    new FakeNotebooks({ bad: () => Promise.reject(new Error(SECRET)) }),
  );
  const errors = Object.fromEntries(run.activities.map(({ name, error }) => [name, error]));
  expect(errors).toEqual({
    set: HIDDEN,
    bad: HIDDEN,
    if: `Activity failed because an inner activity failed; Inner activity name: set, Error: ${HIDDEN}`,
  });
  expect(all).not.toContain(SECRET);
});

test("a return value that a secure activity set reaches the caller, and no record", async () => {
  const notebooks = new FakeNotebooks();
  const value = [{ key: "key", value: { type: "String", content: SECRET } }];
  const { run, all } = await record(
    [
      activity("call", "ExecutePipeline", { pipeline: { referenceName: "child" }, waitOnCompletion: true }),
      notebook("use", {
        call: "Succeeded",
        policy: { secureInput: true },
        baseParameters: { key: "@activity('call').output.pipelineReturnValue.key" },
      }),
    ],
    notebooks,
    [
      activity(
        "return",
        "SetVariable",
        { variableName: "pipelineReturnValue", setSystemVariable: true, value },
        { policy: { secureOutput: true } },
      ),
    ],
  );
  expect(run.status).toBe("Succeeded");
  expect(notebooks.calls[0]!.parameters).toEqual({ key: SECRET });
  expect(all).not.toContain(SECRET);
});

test("parameters from a secure ExecutePipeline are in no record, so that its run cannot go on from an activity", async () => {
  const notebooks = new FakeNotebooks();
  const { factory, all } = await record(
    [
      activity(
        "call",
        "ExecutePipeline",
        { pipeline: { referenceName: "child" }, parameters: { password: SECRET }, waitOnCompletion: true },
        { policy: { secureInput: true } },
      ),
    ],
    notebooks,
    [
      notebook("login", {
        policy: { secureInput: true },
        baseParameters: { password: "@pipeline().parameters.password" },
      }),
    ],
  );
  expect(notebooks.calls[0]!.parameters).toEqual({ password: SECRET });
  expect(all).not.toContain(SECRET);
  expect(() => planRerun(factory.definition, factory.history.runs, "login")).toThrow(
    "the last run of child had secure parameters, which are not kept: run it anew",
  );
});

test("a run that goes on cannot read the output of a secure activity that it keeps", async () => {
  let mended = false;
  const notebooks = new FakeNotebooks({
    key: () => SECRET,
    use: () => {
      if (!mended) throw new Error("no");
      return "";
    },
  });
  const { factory } = await record(
    [
      notebook("key", { policy: { secureOutput: true } }),
      notebook("use", { key: "Succeeded", baseParameters: { key: "@activity('key').output.runOutput" } }),
    ],
    notebooks,
  );
  mended = true;
  const again = await factory.rerun(planRerun(factory.definition, factory.history.runs, "use"));
  expect(again.activities.at(-1)!.error).toContain(
    'activity "key" is secure: its output was not kept from the earlier run',
  );
});
