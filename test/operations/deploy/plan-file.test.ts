import { readPlan } from "../../../operations/deploy/plan-file";

const planned = (...changes: readonly object[]) => readPlan(JSON.stringify({ resource_changes: changes })).changes;
const of = (actions: readonly string[], more: object = {}) => ({
  address: "azurerm_storage_account.lake",
  type: "azurerm_storage_account",
  change: { actions, before: null, after: null, ...more },
});

test.each<[readonly string[], string]>([
  [["create"], "create"],
  [["update"], "update"],
  [["delete"], "destroy"],
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
])("%p is told as %s", (actions, action) => {
  expect(planned(of(actions))).toEqual([
    { address: "azurerm_storage_account.lake", type: "azurerm_storage_account", action },
  ]);
});

test("what stays and what is only read is not told", () => {
  expect(planned(of(["no-op"]), of(["read"]))).toEqual([]);
});

test("a pipeline is told by its activities, not by its JSON", () => {
  const pipeline = (...activities: readonly object[]) => ({ activities_json: JSON.stringify(activities) });
  const before = pipeline({ name: "ingest" }, { name: "score", retry: 1 }, { name: "old" });
  const after = pipeline({ name: "ingest" }, { name: "score", retry: 2 }, { name: "new" });
  const change = { ...of(["update"], { before, after }), type: "azurerm_data_factory_pipeline" };
  expect(planned(change)).toEqual([expect.objectContaining({ action: "update", detail: "~score -old +new" })]);
});

test("a change of outputs is one that later stacks wait for", () => {
  const outputs = (actions: readonly string[]) => readPlan(JSON.stringify({ output_changes: { id: { actions } } }));
  expect(outputs(["create"]).changesOutputs).toBe(true);
  expect(outputs(["no-op"]).changesOutputs).toBe(false);
});
