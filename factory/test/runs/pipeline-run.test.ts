import { setTimeout as sleep } from "node:timers/promises";
import type { FactoryEvent } from "../../runs/events";
import { activity, fakeFactory, FakeNotebooks, fails, notebook, statuses, strings } from "../fake-factory";
import { ManualClock } from "../manual-clock";

const run = (activities: readonly unknown[], notebooks = new FakeNotebooks({ bad: fails })) =>
  fakeFactory(notebooks, { activities }).run("p");

describe("the pipeline's result", () => {
  test("Try-Catch: a failure that only a Failed branch follows is a success", async () => {
    expect(statuses(await run([notebook("bad"), notebook("catch", { bad: "Failed" })]))).toEqual({
      status: "Succeeded",
      bad: "Failed",
      catch: "Succeeded",
    });
  });

  test("Do-If-Else: with a Succeeded branch beside it the same failure fails the pipeline", async () => {
    const activities = [notebook("bad"), notebook("then", { bad: "Succeeded" }), notebook("else", { bad: "Failed" })];
    expect(statuses(await run(activities))).toEqual({
      status: "Failed",
      bad: "Failed",
      then: "Skipped",
      else: "Succeeded",
    });
  });

  test("Do-If-Skip-Else: a branch that joins the skipped one is a success", async () => {
    const activities = [
      notebook("bad"),
      notebook("then", { bad: "Succeeded" }),
      notebook("else", { bad: "Failed", then: "Skipped" }),
    ];
    expect(statuses(await run(activities))).toMatchObject({ status: "Succeeded", then: "Skipped", else: "Succeeded" });
  });

  // As Microsoft's support told users: MicrosoftDocs/azure-docs issues 45546 and 89094.
  test.each<[string, readonly object[], string]>([
    ["nothing follows it", [], "Failed"],
    ["only a Succeeded path follows it", [notebook("a", { bad: "Succeeded" })], "Failed"],
    ["only a Failed path follows it", [notebook("a", { bad: "Failed" })], "Succeeded"],
    ["only a Completed path follows it", [notebook("a", { bad: "Completed" })], "Succeeded"],
    ["one activity follows it on both", [notebook("a", { bad: ["Succeeded", "Failed"] })], "Succeeded"],
    [
      "a Completed and a Succeeded path follow it",
      [notebook("a", { bad: "Completed" }), notebook("b", { bad: "Succeeded" })],
      "Failed",
    ],
    [
      "its Failed path fails too",
      [notebook("a", { bad: "Failed" }), activity("b", "Fail", { message: "x", errorCode: "1" }, { a: "Completed" })],
      "Failed",
    ],
  ])("after a failure, where %s", async (_, after, status) => {
    expect((await run([notebook("bad"), ...after])).status).toBe(status);
  });

  // MicrosoftDocs/azure-docs issue 48601.
  test("a loop whose last activity handles the failure succeeds", async () => {
    const activities = [notebook("bad"), notebook("log", { bad: "Failed" })];
    const each = activity("each", "ForEach", { items: "@createArray(1)", activities });
    expect(statuses(await run([each, notebook("after", { each: "Succeeded" })]))).toEqual({
      ...{ status: "Succeeded", each: "Succeeded", bad: "Failed", log: "Succeeded", after: "Succeeded" },
    });
  });

  test("a failure skips everything behind it", async () => {
    const activities = [notebook("bad"), notebook("b", { bad: "Succeeded" }), notebook("c", { b: "Succeeded" })];
    expect(statuses(await run(activities))).toEqual({ status: "Failed", bad: "Failed", b: "Skipped", c: "Skipped" });
  });
});

test("independent activities run side by side, dependent ones one after the other", async () => {
  const order: string[] = [];
  const slow = (name: string) => async () => {
    order.push(`+${name}`);
    await sleep(20);
    order.push(`-${name}`);
    return "";
  };
  const notebooks = new FakeNotebooks({ a: slow("a"), b: slow("b"), c: slow("c") });
  await run([notebook("c", { a: "Succeeded", b: "Completed" }), notebook("a"), notebook("b")], notebooks);
  expect(order).toEqual(["+a", "+b", "-a", "-b", "+c", "-c"]);
});

test("a notebook gets strings and its JSON exit value is read property by property", async () => {
  const notebooks = new FakeNotebooks({ first: () => '{"rows": 3, "to_date": ""}', text: () => "done" });
  const activities = [
    notebook("first", {
      baseParameters: {
        catalog: "@pipeline().globalParameters.Catalog",
        flag: true,
        n: 5,
        p: "@pipeline().parameters.P",
      },
    }),
    notebook("text"),
    notebook("second", {
      first: "Succeeded",
      text: "Succeeded",
      baseParameters: {
        rows: "@activity('First').output.runOutput.Rows",
        empty: "@empty(activity('first').output.runOutput.to_date)",
        text: "@{activity('text').output.runOutput}!",
        run: "@pipeline().RunId",
      },
    }),
  ];
  const factory = fakeFactory(notebooks, { activities, parameters: strings({ p: "default" }) });
  const ended = await factory.run("p", { P: "given" }, "manual");
  expect(notebooks.calls[0]!.parameters).toEqual({ catalog: "local", flag: "True", n: "5", p: "given" });
  expect(notebooks.calls[2]!.parameters).toEqual({ rows: "3", empty: "True", text: "done!", run: ended.runId });
  expect(factory.history.runs).toEqual([ended]);
});

describe("policy", () => {
  test("retries as often as it says, after the interval it says", async () => {
    let calls = 0;
    const notebooks = new FakeNotebooks({ flaky: () => (++calls < 3 ? fails() : "") });
    const events: FactoryEvent[] = [];
    const activities = [notebook("flaky", { policy: { retry: "@add(1,1)", retryIntervalInSeconds: 0 } })];
    const factory = fakeFactory(notebooks, { activities }, { observe: (event) => events.push(event) });
    const { activities: ended } = await factory.run("p");
    expect(ended).toMatchObject([{ status: "Succeeded", attempts: 3 }]);
    expect(events.filter(({ kind }) => kind === "attemptFailed")).toMatchObject([
      { detail: "it broke", nextInSeconds: 0 },
      { detail: "it broke", nextInSeconds: 0 },
    ]);
  });

  test.each<[string, object, boolean, string]>([
    ["an error of the program", { isFinal: true }, true, "waiting does not mend an error of the program"],
    ["anything, where retries are off,", {}, false, "retries are off"],
  ])("%s is not tried again, and that is said", async (_, error, retries, notRetried) => {
    const notebooks = new FakeNotebooks({ bad: () => Promise.reject(Object.assign(new Error("it broke"), error)) });
    const events: FactoryEvent[] = [];
    const activities = [notebook("bad", { policy: { retry: 2, retryIntervalInSeconds: 600 } })];
    const factory = fakeFactory(notebooks, { activities }, { observe: (event) => events.push(event), retries });
    const { activities: ended } = await factory.run("p");
    expect(ended).toMatchObject([{ status: "Failed", attempts: 1, error: "it broke" }]);
    const failures = events.filter(({ kind }) => kind === "attemptFailed");
    expect(failures).toMatchObject([{ notRetried, nextInSeconds: undefined }]);
  });

  test("the last attempt needs no reason why none follows", async () => {
    const notebooks = new FakeNotebooks({
      bad: () => Promise.reject(Object.assign(new Error("no"), { isFinal: true })),
    });
    const events: FactoryEvent[] = [];
    const factory = fakeFactory(
      notebooks,
      { activities: [notebook("bad")] },
      { observe: (event) => events.push(event) },
    );
    await factory.run("p");
    expect(events).toContainEqual(expect.objectContaining({ kind: "attemptFailed", notRetried: undefined }));
  });

  test("waits between attempts as long as it says, by the factory's clock", async () => {
    const clock = new ManualClock("2015-01-01T00:00:00Z");
    const activities = [notebook("bad", { policy: { retry: 1, retryIntervalInSeconds: 3600 } })];
    const factory = fakeFactory(new FakeNotebooks({ bad: fails }), { activities }, { clock });
    const ended = factory.run("p");
    await clock.pass(3_599_000);
    expect(factory.history.runs).toEqual([]);
    await clock.pass(1_000);
    const { start, end, activities: runs } = await ended;
    expect([start, end]).toEqual(["2015-01-01T00:00:00.000Z", "2015-01-01T01:00:00.000Z"]);
    expect(runs).toMatchObject([{ attempts: 2, status: "Failed" }]);
  });

  test("an attempt may take as long as it says, by the factory's clock", async () => {
    const clock = new ManualClock("2015-01-01T00:00:00Z");
    const notebooks = new FakeNotebooks({ slow: () => new Promise(() => undefined) });
    const activities = [notebook("slow", { policy: { timeout: "30.00:00:00" } })];
    const ended = fakeFactory(notebooks, { activities }, { clock }).run("p");
    await clock.pass(30 * 86_400_000);
    expect((await ended).activities).toMatchObject([{ error: "timed out after 2592000 s" }]);
  });

  test("a timeout ends the attempt and tells the notebook", async () => {
    let aborted = false;
    const notebooks = new FakeNotebooks({
      slow: (_, signal) => new Promise(() => signal.addEventListener("abort", () => (aborted = true))),
    });
    const ended = await run([notebook("slow", { policy: { timeout: "0.00:00:00" } })], notebooks);
    expect(ended.activities).toMatchObject([{ status: "Failed", attempts: 1, error: "timed out after 0 s" }]);
    expect(aborted).toBe(true);
  });

  test("a malformed policy fails the activity before it runs", async () => {
    const ended = await run([notebook("a", { policy: { timeout: "2 hours" } })]);
    expect(ended.activities[0]).toMatchObject({
      attempts: 0,
      error: 'policy.timeout is "2 hours", expected d.hh:mm:ss',
    });
  });
});

test("stopping cancels what runs and what would follow", async () => {
  const notebooks = new FakeNotebooks({ slow: () => new Promise(() => undefined) });
  const activities = [notebook("slow"), notebook("next", { slow: "Completed" })];
  const factory = fakeFactory(notebooks, { activities });
  const ended = factory.run("p");
  await sleep(5);
  await factory.stop();
  expect(statuses(await ended)).toEqual({ status: "Cancelled", slow: "Cancelled", next: "Cancelled" });
  expect(factory.history.runs).toHaveLength(1);
});

describe("IfCondition", () => {
  const condition = (expression: string) => ({
    name: "if",
    type: "IfCondition",
    typeProperties: {
      expression: { value: expression, type: "Expression" },
      ifTrueActivities: [notebook("yes"), notebook("bad", { yes: "Succeeded" })],
      ifFalseActivities: [notebook("no")],
    },
  });

  test("runs the branch that its expression chooses and no other", async () => {
    expect(statuses(await run([condition("@equals(1,2)")]))).toEqual({
      status: "Succeeded",
      if: "Succeeded",
      no: "Succeeded",
    });
  });

  test("fails when its branch fails", async () => {
    const ended = await run([condition("@equals(1,1)"), notebook("after", { if: "Succeeded" })]);
    expect(statuses(ended)).toMatchObject({ status: "Failed", if: "Failed", bad: "Failed", after: "Skipped" });
    expect(ended.activities[0]!.error).toBe(
      "Activity failed because an inner activity failed; Inner activity name: bad, Error: it broke",
    );
  });

  test("wants a boolean", async () => {
    const ended = await run([condition("@concat('a')")]);
    expect(ended.activities[0]!.error).toBe('the condition is "a" of type String, expected true or false');
  });
});

test("variables are set, waits wait, Fail fails with its message", async () => {
  const activities = [
    { name: "set", type: "SetVariable", typeProperties: { variableName: "V", value: "@concat('a','b')" } },
    {
      name: "wait",
      type: "Wait",
      dependsOn: notebook("", { set: "Succeeded" }).dependsOn,
      typeProperties: { waitTimeInSeconds: 0 },
    },
    {
      name: "fail",
      type: "Fail",
      dependsOn: notebook("", { wait: "Succeeded" }).dependsOn,
      typeProperties: { message: "@{variables('v')} is wrong", errorCode: "7" },
    },
  ];
  const factory = fakeFactory(new FakeNotebooks(), { activities, variables: strings({ v: "" }) });
  const { activities: ended } = await factory.run("p");
  expect(ended[2]).toMatchObject({ status: "Failed", error: "ab is wrong", errorCode: "7" });
});

test("an inactive activity is marked as its definition says, without running", async () => {
  const notebooks = new FakeNotebooks();
  const off = { ...notebook("off"), state: "Inactive", onInactiveMarkAs: "Failed" };
  expect(statuses(await run([off], notebooks))).toEqual({ status: "Failed", off: "Failed" });
  expect(notebooks.calls).toEqual([]);
});

test("an inactive activity has no output, and what asks for it fails", async () => {
  const off = { ...notebook("off"), state: "Inactive" };
  const asks = notebook("asks", { off: "Succeeded", baseParameters: { rows: "@activity('off').output.runOutput" } });
  const { activities } = await run([off, asks]);
  expect(activities.map(({ name, status }) => [name, status])).toEqual([
    ["off", "Succeeded"],
    ["asks", "Failed"],
  ]);
});

test("an expression that asks for an activity that has not run names it", async () => {
  const ended = await run([notebook("a", { baseParameters: { x: "@activity(string('ghost')).output" } })]);
  expect(ended.activities[0]!.error).toContain('activity "ghost" has not run before this one, these have: none');
});
