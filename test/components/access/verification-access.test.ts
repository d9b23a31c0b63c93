import { load } from "../../../environments/load";
import { every, synthesize } from "../../stacks/synthesized";

const dev = load("dev");
const federation = {
  issuer: "https://token.actions.githubusercontent.com",
  audience: "api://AzureADTokenExchange",
  deployer: ["repo:plant/scoring:environment:dev"],
  planner: ["repo:plant/scoring:environment:dev-plan"],
};
const OPERATORS = "00000000-0000-0000-0000-00000000000a";
const ON = "${azurerm_storage_container.data_lake_verification.id}";

const writers = (settings: typeof dev) =>
  every(synthesize(settings).foundation, "azurerm_role_assignment")
    .filter(
      ({ scope, role_definition_name }) => scope === ON && role_definition_name === "Storage Blob Data Contributor",
    )
    .map(({ principal_id, principal_type }) => [principal_id, principal_type]);

test("the deployer of a pipeline may drop the known plant, whoever plans", () => {
  expect(writers({ ...dev, federation })).toEqual([
    ["${data.azurerm_user_assigned_identity.verification_access_deployer_identity.principal_id}", "ServicePrincipal"],
  ]);
  const { data } = synthesize({ ...dev, federation }).foundation;
  expect(data?.["azurerm_user_assigned_identity"]).toMatchObject({
    verification_access_deployer_identity: { name: "id-pdm-dev-d01-deployer", resource_group_name: "rg-pdm-dev-state" },
  });
});

test("operators may, where there are some", () => {
  expect(writers({ ...dev, access: { ...dev.access, operatorsObjectId: OPERATORS } })).toEqual([[OPERATORS, "Group"]]);
  expect(writers(dev)).toEqual([]);
});
