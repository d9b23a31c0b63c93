import { load } from "../../../environments/load";
import { every, synthesize } from "../../stacks/synthesized";

const dev = load("dev");
const GATEWAY = "11111111-2222-3333-4444-555555555555";
const PEOPLE = "66666666-7777-8888-9999-000000000000";

test("producers write to the landing container alone, each as what it is in Entra", () => {
  const producers = [
    { objectId: GATEWAY, type: "ServicePrincipal" },
    { objectId: PEOPLE, type: "Group" },
  ] as const;
  const { foundation } = synthesize({ ...dev, access: { ...dev.access, producers } });
  const given = every(foundation, "azurerm_role_assignment").filter(({ principal_id }) =>
    [GATEWAY, PEOPLE].includes(String(principal_id)),
  );
  const role = {
    role_definition_name: "Storage Blob Data Contributor",
    scope: "${azurerm_storage_container.data_lake_landing.id}",
  };
  expect(given).toEqual([
    expect.objectContaining({
      ...role,
      principal_id: GATEWAY,
      principal_type: "ServicePrincipal",
      skip_service_principal_aad_check: true,
    }),
    expect.objectContaining({ ...role, principal_id: PEOPLE, principal_type: "Group" }),
  ]);
});

test("nobody writes to it where nobody is named", () => {
  const writers = every(synthesize(dev).foundation, "azurerm_role_assignment").filter(
    ({ scope, role_definition_name }) =>
      /landing/.test(String(scope)) && /Contributor/.test(String(role_definition_name)),
  );
  expect(writers).toEqual([]);
});
