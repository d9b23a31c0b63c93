import { planRerun } from "../../runs/rerun";
import { activity, fakeFactory, FakeNotebooks, fails, notebook } from "../fake-factory";

/** a, then a condition around b and c, then d; e stands alone. */
const activities = [
  notebook("a"),
  {
    name: "if",
    type: "IfCondition",
    dependsOn: notebook("", { a: "Succeeded" }).dependsOn,
    typeProperties: {
      expression: { value: "@equals(activity('a').output.runOutput.rows, 3)", type: "Expression" },
      ifTrueActivities: [
        notebook("b"),
        notebook("c", { b: "Succeeded", baseParameters: { b: "@activity('b').output.runOutput.path" } }),
      ],
    },
  },
  notebook("d", { if: "Succeeded" }),
  notebook("e"),
];

/** A factory in which the notebook `broken` fails until it is mended. */
function factoryWith(broken: string) {
  const state = { broken };
  const exits: Readonly<Record<string, string>> = { a: '{"rows": 3}', b: '{"path": "x"}', c: "", d: "", e: "" };
  const behaviour = (name: string) => () => (state.broken === name ? fails() : exits[name]!);
  const notebooks = new FakeNotebooks(Object.fromEntries(Object.keys(exits).map((name) => [name, behaviour(name)])));
  const factory = fakeFactory(notebooks, { activities });
  const again = (from: string) => factory.rerun(planRerun(factory.definition, factory.history.runs, from));
  return { state, notebooks, factory, history: factory.history, again };
}

async function failedAt(broken: string) {
  const made = factoryWith(broken);
  expect((await made.factory.run("p")).status).toBe("Failed");
  made.state.broken = "";
  made.notebooks.calls.length = 0;
  return made;
}

test.each([
  ["c", ["c", "d"]],
  ["b", ["b", "c", "d"]],
  ["if", ["b", "c", "d"]],
  ["a", ["a", "b", "c", "d"]],
])("a run that failed at c starts anew at %s: what precedes is kept, with its output", async (from, expected) => {
  const { again, notebooks } = await failedAt("c");
  const run = await again(from);
  expect(run.status).toBe("Succeeded");
  expect(notebooks.calls.map(({ path }) => path)).toEqual(expected);
  expect(notebooks.calls.find(({ path }) => path === "c")!.parameters).toEqual({ b: "x" });
  const kept = run.activities.filter((activity) => activity.kept).map(({ name }) => name);
  expect(kept.sort()).toEqual(["a", "b", "e"].filter((name) => !expected.includes(name)));
});

test("a run that was started anew can be started anew once more", async () => {
  const { state, again, history } = await failedAt("c");
  state.broken = "d";
  expect((await again("c")).status).toBe("Failed");
  state.broken = "";
  expect((await again("d")).status).toBe("Succeeded");
  expect(history.runs).toHaveLength(3);
});

test("what has not succeeded before is named", async () => {
  const { again } = await failedAt("b");
  expect(() => again("d")).toThrow("before d, if has not succeeded in the last run of p: start there");
});

test("an activity that no run has is refused with those that there are", async () => {
  const { again } = await failedAt("a");
  expect(() => again("x")).toThrow("no run that ended has the activity x, there are: a, e, if, d");
  expect(() => factoryWith("").again("x")).toThrow("there are: none");
});

/** Sets a variable, appends to another in a loop, and then runs a notebook that reads both. */
const remembering = (policy: object = {}) => [
  activity("set", "SetVariable", { variableName: "day", value: "monday" }, { policy }),
  activity("each", "ForEach", {
    items: [1, 2],
    isSequential: true,
    activities: [
      activity("append", "AppendVariable", { variableName: "list", value: "@item()" }),
      notebook("inside", { append: "Succeeded" }),
    ],
  }),
  notebook("read", {
    set: "Succeeded",
    each: "Succeeded",
    baseParameters: { all: "@concat(variables('day'), string(variables('list')))" },
  }),
];

async function rememberingFactory(fail: string, policy?: object) {
  const state = { fail };
  const notebooks = new FakeNotebooks({
    inside: () => (state.fail === "inside" ? fails() : ""),
    read: () => (state.fail === "read" ? fails() : ""),
  });
  const variables = { day: { type: "String" }, list: { type: "Array" } };
  const factory = fakeFactory(notebooks, { activities: remembering(policy), variables });
  await factory.run("p");
  state.fail = "";
  notebooks.calls.length = 0;
  return {
    notebooks,
    again: (from: string) => factory.rerun(planRerun(factory.definition, factory.history.runs, from)),
  };
}

test("variables are as the activities that are kept left them, what a loop appended included", async () => {
  const { again, notebooks } = await rememberingFactory("read");
  expect((await again("read")).status).toBe("Succeeded");
  expect(notebooks.calls).toEqual([{ path: "read", parameters: { all: "monday[1,2]" } }]);
});

test("a loop starts anew as a whole", async () => {
  const { again, notebooks } = await rememberingFactory("inside");
  expect((await again("inside")).status).toBe("Succeeded");
  expect(notebooks.calls.map(({ path }) => path)).toEqual(["inside", "inside", "read"]);
  expect(notebooks.calls[2]!.parameters).toEqual({ all: "monday[1,2]" });
});

test("a secure value that was not kept is said before anything runs", async () => {
  const { again } = await rememberingFactory("read", { secureInput: true });
  expect(() => again("read")).toThrow(
    "before read, set set a variable to a secure value, which is not kept: start there",
  );
});
