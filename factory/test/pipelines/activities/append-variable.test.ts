import { activity, fakeFactory, FakeNotebooks } from "../../fake-factory";

test("adds to the end of an array, from every item of a loop", async () => {
  const append = activity("append", "AppendVariable", { variableName: "List", value: "@item()" });
  const activities = [
    activity("each", "ForEach", { items: [1, 2], isSequential: true, activities: [append] }),
    activity("set", "SetVariable", { variableName: "copy", value: "@variables('list')" }, { each: "Succeeded" }),
  ];
  const variables = { list: { type: "Array", defaultValue: [0] }, copy: { type: "Array" } };
  const run = await fakeFactory(new FakeNotebooks(), { activities, variables }).run("p");
  expect(run.activities.at(-1)!.output).toEqual({ name: "copy", value: [0, 1, 2] });
});

test("only arrays can be appended to, which is said when it is loaded", () => {
  const activities = [activity("append", "AppendVariable", { variableName: "v", value: "a" })];
  const load = () => fakeFactory(new FakeNotebooks(), { activities, variables: { v: { type: "String" } } });
  expect(load).toThrow(
    'pipeline "p": activity "append": typeProperties.variableName: "v" is of type "String", only arrays can be appended to',
  );
});
