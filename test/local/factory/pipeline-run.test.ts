import { setTimeout as sleep } from "node:timers/promises";
import type { FactoryEvent } from "../../../local/factory/events";
import type { PipelineRun } from "../../../local/factory/runs";
import { fakeFactory, FakeNotebooks, fails, notebook } from "./fake-factory";

function statuses({ status, activities }: PipelineRun) {
  return { status, ...Object.fromEntries(activities.map((run) => [run.name, run.status])) };
}

const run = (activities: readonly unknown[], notebooks = new FakeNotebooks({ bad: fails })) =>
  fakeFactory(notebooks, { activities }).factory.run("p", {}, "manual");

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
  const { factory, history } = fakeFactory(notebooks, { activities, parameters: { p: "default" } });
  const ended = await factory.run("p", { P: "given" }, "manual");
  expect(notebooks.calls[0]!.parameters).toEqual({ catalog: "local", flag: "True", n: "5", p: "given" });
  expect(notebooks.calls[2]!.parameters).toEqual({ rows: "3", empty: "True", text: "done!", run: ended.runId });
  expect(history.runs).toEqual([ended]);
});

describe("policy", () => {
  test("retries as often as it says, after the interval it says", async () => {
    let calls = 0;
    const notebooks = new FakeNotebooks({ flaky: () => (++calls < 3 ? fails() : "") });
    const events: FactoryEvent[] = [];
    const activities = [notebook("flaky", { policy: { retry: "@add(1,1)", retryIntervalInSeconds: 0 } })];
    const { factory } = fakeFactory(notebooks, { activities }, (event) => events.push(event));
    const { activities: ended } = await factory.run("p", {}, "manual");
    expect(ended).toMatchObject([{ status: "Succeeded", attempts: 3 }]);
    expect(events.filter(({ kind }) => kind === "attemptFailed")).toMatchObject([
      { detail: "it broke", nextInSeconds: 0 },
      { detail: "it broke", nextInSeconds: 0 },
    ]);
  });

  test.each<[string, object, boolean, string]>([
    ["an error of the program", { isFinal: true }, true, "waiting does not mend an error of the program"],
    ["anything, with --no-retry,", {}, false, "--no-retry"],
  ])("%s is not tried again, and that is said", async (_, error, retries, notRetried) => {
    const notebooks = new FakeNotebooks({ bad: () => Promise.reject(Object.assign(new Error("it broke"), error)) });
    const events: FactoryEvent[] = [];
    const activities = [notebook("bad", { policy: { retry: 2, retryIntervalInSeconds: 600 } })];
    const { factory } = fakeFactory(notebooks, { activities }, (event) => events.push(event), retries);
    const { activities: ended } = await factory.run("p", {}, "manual");
    expect(ended).toMatchObject([{ status: "Failed", attempts: 1, error: "it broke" }]);
    const failures = events.filter(({ kind }) => kind === "attemptFailed");
    expect(failures).toMatchObject([{ notRetried, nextInSeconds: undefined }]);
  });

  test("the last attempt needs no reason why none follows", async () => {
    const notebooks = new FakeNotebooks({
      bad: () => Promise.reject(Object.assign(new Error("no"), { isFinal: true })),
    });
    const events: FactoryEvent[] = [];
    const { factory } = fakeFactory(notebooks, { activities: [notebook("bad")] }, (event) => events.push(event));
    await factory.run("p", {}, "manual");
    expect(events).toContainEqual(expect.objectContaining({ kind: "attemptFailed", notRetried: undefined }));
  });

  test("waits for the real interval", async () => {
    const start = Date.now();
    await run([notebook("bad", { policy: { retry: 1, retryIntervalInSeconds: 1 } })]);
    expect(Date.now() - start).toBeGreaterThanOrEqual(990);
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
  const { factory, history } = fakeFactory(notebooks, { activities });
  const ended = factory.run("p", {}, "manual");
  await sleep(5);
  await factory.stop();
  expect(statuses(await ended)).toEqual({ status: "Cancelled", slow: "Cancelled", next: "Cancelled" });
  expect(history.runs).toHaveLength(1);
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
    expect(ended.activities[0]!.error).toBe('inner activity "bad" ended Failed: it broke');
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
  const { factory } = fakeFactory(new FakeNotebooks(), { activities, variables: { v: "" } });
  const { activities: ended } = await factory.run("p", {}, "manual");
  expect(ended[2]).toMatchObject({ status: "Failed", error: "ab is wrong (error code 7)" });
});

test("an inactive activity is marked as its definition says, without running", async () => {
  const notebooks = new FakeNotebooks();
  const off = { ...notebook("off"), state: "Inactive", onInactiveMarkAs: "Failed" };
  expect(statuses(await run([off], notebooks))).toEqual({ status: "Failed", off: "Failed" });
  expect(notebooks.calls).toEqual([]);
});

test("an expression that asks for an activity that has not run names it", async () => {
  const ended = await run([notebook("a", { baseParameters: { x: "@activity('ghost').output" } })]);
  expect(ended.activities[0]!.error).toContain('activity "ghost" has not run, these have: none');
});
