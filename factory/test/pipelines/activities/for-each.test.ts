import { activity, fakeFactory, FakeNotebooks, fails, notebook, statuses } from "../../fake-factory";
import { ManualClock } from "../../manual-clock";

const forEach = (items: unknown, inner: readonly unknown[], more: object = {}) =>
  activity("each", "ForEach", { items, activities: inner, ...more });

const call = notebook("call", { baseParameters: { item: "@item()" } });

/** The items with which the notebook `call` was run, in order. */
const itemsOf = ({ calls }: FakeNotebooks) => calls.map(({ parameters }) => parameters["item"]);

test("runs its activities for each item, one after the other where it is sequential", async () => {
  const order: string[] = [];
  const notebooks = new FakeNotebooks({
    call: async ({ item }) => {
      order.push(`+${item}`);
      await Promise.resolve();
      order.push(`-${item}`);
      return "";
    },
  });
  const activities = [
    forEach({ value: "@createArray(1, 2, 3)", type: "Expression" }, [call], { isSequential: "true" }),
  ];
  const { status, activities: runs } = await fakeFactory(notebooks, { activities }).run("p");
  expect(order).toEqual(["+1", "-1", "+2", "-2", "+3", "-3"]);
  expect(status).toBe("Succeeded");
  expect(runs.map(({ name }) => name)).toEqual(["each", "call", "call", "call"]);
  expect(runs[0]).toMatchObject({ output: {} });
});

test.each([
  [undefined, 20],
  [2, 2],
])("with batchCount %s, %i items run side by side", async (batchCount, expected) => {
  const clock = new ManualClock("2015-01-01T00:00:00Z");
  const inner = [activity("wait", "Wait", { waitTimeInSeconds: 60 })];
  const activities = [forEach("@range(0, 40)", inner, batchCount === undefined ? {} : { batchCount })];
  const ended = fakeFactory(new FakeNotebooks(), { activities }, { clock }).run("p");
  await clock.pass((40 / expected) * 60_000);
  expect((await ended).end).toBe(clock.now().toISOString());
});

test("an item that fails lets the others run, and then fails the loop", async () => {
  const notebooks = new FakeNotebooks({ call: ({ item }) => (item === "1" ? fails() : "") });
  const activities = [forEach("@createArray(1, 2)", [call], { isSequential: true })];
  const run = await fakeFactory(notebooks, { activities }).run("p");
  expect(itemsOf(notebooks)).toEqual(["1", "2"]);
  expect(run.activities[0]).toMatchObject({
    status: "Failed",
    errorCode: "ActionFailed",
    error: "Activity failed because an inner activity failed; Inner activity name: call, Error: it broke",
  });
});

test("activities in the loop read those before them in it, those before the loop and the item, in branches too", async () => {
  const notebooks = new FakeNotebooks({ first: () => "f", each: ({ item }) => `e${item}` });
  const inner = [
    notebook("each", { baseParameters: { item: "@item()" } }),
    activity(
      "if",
      "IfCondition",
      {
        expression: "@true",
        ifTrueActivities: [
          notebook("call", {
            baseParameters: {
              item: "@concat(activity('FIRST').output.runOutput, activity('each').output.runOutput, string(item()))",
            },
          }),
        ],
      },
      { EACH: "Succeeded" },
    ),
  ];
  const activities = [
    notebook("first"),
    {
      ...forEach("@createArray(1, 2)", inner),
      name: "loop",
      dependsOn: notebook("", { first: "Succeeded" }).dependsOn,
    },
  ];
  expect((await fakeFactory(notebooks, { activities }).run("p")).status).toBe("Succeeded");
  const seen = notebooks.calls.filter(({ path }) => path === "call").map(({ parameters }) => parameters["item"]);
  expect(seen.sort()).toEqual(["fe11", "fe22"]);
});

test("what is inside cannot be read from outside", async () => {
  const x = "@activity('call').output";
  const activities = [
    forEach("@createArray(1)", [call]),
    notebook("inside", { each: "Completed", baseParameters: { x } }),
  ];
  const run = await fakeFactory(new FakeNotebooks(), { activities }).run("p");
  expect(run.activities.at(-1)!.error).toBe(
    `expression ${x}: activity "call" has not run before this one, these have: each`,
  );
});

test("what is not upstream cannot be read, even if it has run", async () => {
  const activities = [notebook("a"), notebook("b", { baseParameters: { x: "@activity(string('a')).output" } })];
  const run = await fakeFactory(new FakeNotebooks(), { activities }).run("p");
  expect(run.activities[1]!.error).toContain('activity "a" has not run before this one, these have: none');
});

test("items must be an array, of at most 100,000", async () => {
  const failure = async (items: unknown) =>
    (await fakeFactory(new FakeNotebooks(), { activities: [forEach(items, [])] }).run("p")).activities[0]!.error;
  expect(await failure("@string('a')")).toBe("items is of type String, the result must be a valid array");
  expect(await failure(Array(100_001).fill(0))).toBe("there are 100001 items, at most 100000 are allowed");
});

test.each([0, 51])("a batchCount of %i is refused when it is loaded", (batchCount) => {
  expect(() => fakeFactory(new FakeNotebooks(), { activities: [forEach("@range(0,1)", [], { batchCount })] })).toThrow(
    'activity "each": typeProperties.batchCount',
  );
});

test("a loop without items succeeds", async () => {
  const run = await fakeFactory(new FakeNotebooks(), { activities: [forEach([], [call])] }).run("p");
  expect(statuses(run)).toEqual({ status: "Succeeded", each: "Succeeded" });
});
