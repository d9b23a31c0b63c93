import { activity, fakeFactory, FakeNotebooks } from "../../fake-factory";

const filter = (items: unknown, condition: string) => activity("filter", "filter", { items, condition });

test("keeps the items for which the condition holds; its type may be written in any case", async () => {
  const activities = [
    filter("@createArray(1, 5, 3, 6)", "@greater(item(), 3)"),
    activity(
      "set",
      "SetVariable",
      { variableName: "v", value: "@activity('Filter').output.value" },
      { filter: "Succeeded" },
    ),
  ];
  const factory = fakeFactory(new FakeNotebooks(), { activities, variables: { v: { type: "Array" } } });
  const { activities: runs } = await factory.run("p");
  expect(runs.map(({ type, output }) => [type, output])).toEqual([
    ["Filter", { ItemsCount: 4, FilteredItemsCount: 2, Value: [5, 6] }],
    ["SetVariable", { name: "v", value: [5, 6] }],
  ]);
});

test("a condition that is no boolean fails it", async () => {
  const run = await fakeFactory(new FakeNotebooks(), { activities: [filter([1], "@item()")] }).run("p");
  expect(run.activities[0]!.error).toBe("the condition is 1 of type Integer, expected true or false");
});
