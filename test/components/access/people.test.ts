import { load } from "../../../environments/load";
import { every, synthesize } from "../../stacks/synthesized";

const dev = load("dev");
const identity = "${databricks_service_principal.factory.application_id}";

describe("people", () => {
  const [scientists, operators] = ["plant scientists", "plant operators"];
  const { databricks: stack } = synthesize({
    ...dev,
    access: { ...dev.access, dataScientists: scientists, operators },
  });

  test("groups are named, neither made nor looked up: whoever only plans may not enter the workspace", () => {
    expect(Object.keys({ ...stack.resource, ...stack.data })).not.toContain("databricks_group");
  });

  test("each object has its permissions in one place, or two would change them back and forth", () => {
    const objects = every(stack, "databricks_permissions").map(
      ({ cluster_id, directory_path, experiment_id, cluster_policy_id }) =>
        cluster_id ?? directory_path ?? experiment_id ?? cluster_policy_id,
    );
    expect(new Set(objects).size).toBe(objects.length);
  });

  test("data scientists read, and start one bounded cluster each; operators restart the pipelines' and read", () => {
    const levels = every(stack, "databricks_permissions").map(({ access_control }) =>
      (access_control as { group_name?: string; permission_level: string }[])
        .filter(({ group_name }) => group_name)
        .map(({ group_name, permission_level }) => [group_name, permission_level]),
    );
    expect(levels).toEqual([
      [
        [scientists, "CAN_READ"],
        [operators, "CAN_READ"],
      ],
      [[operators, "CAN_RESTART"]],
      [[scientists, "CAN_USE"]],
      [
        [scientists, "CAN_READ"],
        [operators, "CAN_READ"],
      ],
    ]);
  });

  test("people read tables and write none", () => {
    const grants = every(stack, "databricks_grant").filter(({ principal }) => principal !== identity);
    expect(grants.map(({ principal, privileges }) => [principal, privileges])).toEqual([
      [operators, ["USE_CATALOG"]],
      [operators, ["USE_SCHEMA", "SELECT", "EXECUTE"]],
      [scientists, ["USE_CATALOG"]],
      [scientists, ["USE_SCHEMA", "SELECT", "EXECUTE"]],
      [scientists, ["READ_VOLUME"]],
    ]);
  });

  test("the operators' group in Entra operates the factory", () => {
    const operatorsObjectId = "11111111-2222-3333-4444-555555555555";
    const { dataFactory } = synthesize({ ...dev, access: { ...dev.access, operatorsObjectId } });
    expect(every(dataFactory, "azurerm_role_assignment")).toContainEqual(
      expect.objectContaining({
        role_definition_name: "Data Factory Contributor",
        principal_id: operatorsObjectId,
        principal_type: "Group",
        scope: "${azurerm_data_factory.factory_factory.id}",
      }),
    );
  });
});
