import { planRerun } from "../../../runs/rerun";
import { activity, fakeFactory, FakeNotebooks, fails, notebook, statuses } from "../../fake-factory";
import { ManualClock } from "../../manual-clock";

const until = (expression: string, inner: readonly unknown[], more: object = {}) =>
  activity("until", "Until", { expression, activities: inner, ...more });

test("runs its activities until the condition holds, which reads what they left", async () => {
  let times = 0;
  const notebooks = new FakeNotebooks({ poll: () => JSON.stringify({ state: ++times < 3 ? "running" : "done" }) });
  const activities = [until("@equals(activity('poll').output.runOutput.state, 'done')", [notebook("poll")])];
  const run = await fakeFactory(notebooks, { activities }).run("p");
  expect(statuses(run)).toEqual({ status: "Succeeded", until: "Succeeded", poll: "Succeeded" });
  expect(times).toBe(3);
});

test("a failure inside does not end it, and what counts is the last time", async () => {
  let times = 0;
  const notebooks = new FakeNotebooks({ poll: () => (++times < 3 ? fails() : "") });
  const activities = [until("@equals(activity('poll').status, 'Succeeded')", [notebook("poll")])];
  expect((await fakeFactory(notebooks, { activities }).run("p")).status).toBe("Succeeded");
  expect(times).toBe(3);
});

test("it fails where the last time failed", async () => {
  const activities = [until("@equals(activity('bad').status, 'Failed')", [notebook("bad")])];
  const run = await fakeFactory(new FakeNotebooks({ bad: fails }), { activities }).run("p");
  expect(run.activities[0]!.error).toBe(
    "Activity failed because an inner activity failed; Inner activity name: bad, Error: it broke",
  );
});

test("its timeout ends what runs inside and fails it", async () => {
  const clock = new ManualClock("2015-01-01T00:00:00Z");
  let aborted = false;
  const notebooks = new FakeNotebooks({
    slow: (_, signal) => new Promise(() => signal.addEventListener("abort", () => (aborted = true))),
  });
  const activities = [
    until("@false", [notebook("slow", { policy: { timeout: "1.00:00:00" } })], { timeout: "00:10:00" }),
  ];
  const ended = fakeFactory(notebooks, { activities }, { clock }).run("p");
  await clock.pass(600_000);
  const run = await ended;
  expect(statuses(run)).toEqual({ status: "Failed", until: "Failed", slow: "Cancelled" });
  expect(run.activities[0]).toMatchObject({ error: "timed out after 600 s", errorCode: "Timeout" });
  expect(aborted).toBe(true);
});

test("without a timeout it has seven days", async () => {
  const clock = new ManualClock("2015-01-01T00:00:00Z");
  const activities = [until("@false", [activity("wait", "Wait", { waitTimeInSeconds: 3600 })])];
  const ended = fakeFactory(new FakeNotebooks(), { activities }, { clock }).run("p");
  await clock.pass(7 * 86_400_000);
  expect((await ended).activities[0]).toMatchObject({ status: "Failed", error: "timed out after 604800 s" });
});

test("more than 90 days are refused", async () => {
  const activities = [until("@true", [], { timeout: "91.00:00:00" })];
  const run = await fakeFactory(new FakeNotebooks(), { activities }).run("p");
  expect(run.activities[0]!.error).toBe("timeout is 7862400 s, at most 90 days are allowed");
});

test("what is after it reads what is inside as it was the last time, also when it is not run again", async () => {
  let times = 0;
  let isBroken = true;
  const state = () => JSON.stringify({ state: ++times < 3 ? "running" : "done" });
  const notebooks = new FakeNotebooks({ poll: state, after: () => (isBroken ? fails() : "") });
  const activities = [
    until("@equals(activity('poll').output.runOutput.state, 'done')", [notebook("poll")]),
    notebook("after", { until: "Succeeded", baseParameters: { x: "@activity('poll').output.runOutput.state" } }),
  ];
  const factory = fakeFactory(notebooks, { activities });
  expect((await factory.run("p")).status).toBe("Failed");
  isBroken = false;
  const again = await factory.rerun(planRerun(factory.definition, factory.history.runs, "after"));
  expect(again.status).toBe("Succeeded");
  const seen = notebooks.calls.filter(({ path }) => path === "after").map(({ parameters }) => parameters["x"]);
  expect(seen).toEqual(["done", "done"]);
});

test("its condition reads what is inside a condition inside it", async () => {
  const inner = activity("if", "IfCondition", { expression: "@true", ifTrueActivities: [notebook("poll")] });
  const notebooks = new FakeNotebooks({ poll: () => "done" });
  const activities = [until("@equals(activity('poll').output.runOutput, 'done')", [inner])];
  expect((await fakeFactory(notebooks, { activities }).run("p")).status).toBe("Succeeded");
});
