import { planRerun } from "../../runs/rerun";
import { activity, fakeFactory, FakeNotebooks, fails, notebook } from "../fake-factory";
import { ManualClock } from "../manual-clock";

const keep = (value: unknown) => activity("keep", "SetVariable", { variableName: "kept", value });
const kept = { kept: { type: "Array" } };

// As the service showed in https://github.com/microsoft/data-factory-testing-framework/pull/123
test("a variable without a default is never null: it is empty, false, 0 or an empty array", async () => {
  const variables = { s: { type: "String" }, b: { type: "Boolean" }, i: { type: "Integer" }, a: { type: "Array" } };
  const value = "@createArray(variables('s'), variables('b'), variables('i'), variables('a'))";
  const run = await fakeFactory(new FakeNotebooks(), {
    activities: [keep(value)],
    variables: { ...variables, ...kept },
  }).run("p");
  expect(run.activities[0]!.output).toEqual({ name: "kept", value: ["", false, 0, []] });
});

test("a default may be an expression, which is evaluated once, when the run begins", async () => {
  const clock = new ManualClock("2015-01-01T00:00:00Z");
  const variables = {
    day: { type: "String", defaultValue: "@formatDateTime(utcNow(), 'HH:mm')" },
    given: { type: "String", defaultValue: "for @{pipeline().parameters.plant}" },
    size: { type: "Integer", defaultValue: "@length(pipeline().parameters.plant)" },
    none: { type: "String", defaultValue: "@if(equals(1, 1), null, 'x')" },
  };
  const activities = [
    activity("wait", "Wait", { waitTimeInSeconds: 60 }),
    {
      ...keep("@createArray(variables('day'), variables('given'), variables('size'), variables('none'))"),
      dependsOn: notebook("", { wait: "Succeeded" }).dependsOn,
    },
  ];
  const factory = fakeFactory(
    new FakeNotebooks(),
    { activities, variables: { ...variables, ...kept }, parameters: { plant: { type: "String" } } },
    { clock },
  );
  const ended = factory.run("p", { plant: "north" });
  await clock.pass(60_000);
  expect((await ended).activities[1]!.output).toEqual({ name: "kept", value: ["00:00", "for north", 5, ""] });
});

test("a default may read other variables, whatever their order, but not itself", async () => {
  const run = async (last: string) => {
    const variables = {
      whole: { type: "String", defaultValue: "@concat(variables('Name'), '!')" },
      name: { type: "String", defaultValue: last },
    };
    const factory = fakeFactory(new FakeNotebooks(), {
      activities: [keep("@createArray(variables('whole'))")],
      variables: { ...variables, ...kept },
    });
    return factory.run("p");
  };
  expect((await run("north")).activities[0]!.output).toEqual({ name: "kept", value: ["north!"] });
  expect((await run("@variables('whole')")).message).toContain('variable "whole" has itself in its default');
});

test.each([
  ["@int(pipeline().parameters.x)", "Integer"],
  ["@split(pipeline().parameters.x, ',')", "String"],
])("the run fails where the default %s of type %s has no such value, and nothing is run", async (value, type) => {
  const factory = fakeFactory(new FakeNotebooks(), {
    activities: [notebook("a")],
    parameters: { x: { type: "String", defaultValue: "a" } },
    variables: { v: { type, defaultValue: value } },
  });
  const run = await factory.run("p");
  expect(run).toMatchObject({ status: "Failed", activities: [] });
  expect(run.message).toContain("The default of a variable cannot be evaluated: ");
});

test("what a rerun keeps stands over the defaults", async () => {
  let isBroken = true;
  const notebooks = new FakeNotebooks({ then: () => (isBroken ? fails() : "") });
  const activities = [
    keep("@createArray('set')"),
    notebook("then", { keep: "Succeeded", baseParameters: { x: "@join(variables('kept'), ',')" } }),
  ];
  const factory = fakeFactory(notebooks, { activities, variables: kept });
  await factory.run("p");
  isBroken = false;
  await factory.rerun(planRerun(factory.definition, factory.history.runs, "then"));
  expect(notebooks.calls.map(({ parameters }) => parameters["x"])).toEqual(["set", "set"]);
});
