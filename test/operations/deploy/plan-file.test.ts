import { readPlan } from "../../../operations/deploy/plan-file";

const planned = (...changes: readonly object[]) => readPlan(JSON.stringify({ resource_changes: changes })).changes;
const of = (actions: readonly string[], more: object = {}) => ({
  address: "azurerm_storage_account.lake",
  type: "azurerm_storage_account",
  change: { actions, before: null, after: null, ...more },
});
const pipeline = (change: object) => ({ ...change, type: "azurerm_data_factory_pipeline" });

test.each<[readonly string[], string]>([
  [["create"], "create"],
  [["update"], "update"],
  [["delete"], "destroy"],
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
])("%p is told as %s", (actions, action) => {
  expect(planned(of(actions))).toEqual([expect.objectContaining({ address: "azurerm_storage_account.lake", action })]);
});

test("what stays and what is only read is not told", () => {
  expect(planned(of(["no-op"]), of(["read"]))).toEqual([]);
});

test("an update is told by the names of what changes, never by values, which may be secrets", () => {
  const change = { before: { tags: "old", sku: "a" }, after: { tags: "new", sku: "a" }, after_unknown: { id: true } };
  expect(planned(of(["update"], change))[0]!.details).toEqual(["tags", "id"]);
});

test("of what is destroyed Terraform writes no object of what is unknown", () => {
  expect(planned(of(["delete"], { before: { tags: "old" }, after_unknown: false }))).toMatchObject([
    { action: "destroy", details: [] },
  ]);
});

test("a replacement is told by what forces it", () => {
  expect(
    planned(of(["delete", "create"], { replace_paths: [["location"], ["network", 0, "name"]] }))[0]!.details,
  ).toEqual(["because of location, network.0.name"]);
});

test("what must be deletable for a plan is told by its Azure id; of a private endpoint also what it leads to", () => {
  const deletes = (type: string, actions: readonly string[], before: object) =>
    planned({ ...of(actions, { before }), type }).map((change) => change.deletes);
  const role = { id: "/subscriptions/s/w/providers/Microsoft.Authorization/roleAssignments/r" };
  expect(deletes("azurerm_role_assignment", ["delete"], role)).toEqual([[role.id]]);
  expect(deletes("azurerm_role_assignment", ["delete", "create"], role)).toEqual([[role.id]]);
  expect(deletes("azurerm_role_assignment", ["update"], role)).toEqual([[]]);
  expect(
    deletes("azurerm_private_endpoint", ["delete"], {
      id: "/subscriptions/s/pe",
      private_service_connection: [{ private_connection_resource_id: "/subscriptions/s/w" }],
    }),
  ).toEqual([["/subscriptions/s/pe", "/subscriptions/s/w"]]);
  expect(deletes("azurerm_monitor_diagnostic_setting", ["delete"], { id: "/subscriptions/s/w|logs" })).toEqual([
    ["/subscriptions/s/w/logs"],
  ]);
  expect(deletes("azurerm_management_lock", ["delete"], { id: "/subscriptions/s/w/lock" })).toEqual([[]]);
  expect(deletes("databricks_grant", ["delete"], { id: "catalog/c/g" })).toEqual([[]]);
});

test("a pipeline is told by its activities, not by its JSON", () => {
  const activities = (...list: readonly object[]) => ({ activities_json: JSON.stringify(list), concurrency: 1 });
  const before = activities(
    { name: "ingest", type: "DatabricksNotebook" },
    { name: "score", type: "DatabricksNotebook", policy: { retry: 1, timeout: "x" } },
    { name: "old", type: "Wait" },
  );
  const after = {
    ...activities(
      { name: "ingest", type: "DatabricksNotebook" },
      { name: "score", type: "DatabricksNotebook", policy: { retry: 2, timeout: "x" } },
      { name: "new", type: "Fail" },
    ),
    concurrency: 2,
  };
  expect(planned(pipeline(of(["update"], { before, after })))[0]!.details).toEqual([
    "~ activity `score`: policy.retry `1` → `2`",
    "− activity `old` (Wait)",
    "+ activity `new` (Fail)",
    "~ concurrency `1` → `2`",
  ]);
});

test("activities inside others are told by themselves, and a notebook by its name, not by the folder of its release", () => {
  const nested = (retry: number, release: string) => ({
    activities_json: JSON.stringify([
      {
        name: "if_new_data",
        type: "IfCondition",
        typeProperties: {
          expression: "x",
          ifTrueActivities: [
            {
              name: "score",
              type: "DatabricksNotebook",
              policy: { retry },
              typeProperties: { notebookPath: `/r/${release}/scoring` },
            },
          ],
        },
      },
    ]),
  });
  const told = (before: object, after: object) => planned(pipeline(of(["update"], { before, after })))[0]!.details;
  expect(told(nested(1, "a"), nested(2, "b"))).toEqual(["~ activity `score`: policy.retry `1` → `2`"]);
  expect(told(nested(1, "a"), nested(1, "b"))).toEqual(["runs the notebooks of another release"]);
});

test("a change of outputs is one that later stacks wait for", () => {
  const outputs = (actions: readonly string[]) => readPlan(JSON.stringify({ output_changes: { id: { actions } } }));
  expect(outputs(["create"]).changesOutputs).toBe(true);
  expect(outputs(["no-op"]).changesOutputs).toBe(false);
});
