import { load } from "../../environments/load";
import { every, synthesize, the, type StackJson } from "./synthesized";

const dev = load("dev");
const federation = {
  issuer: "https://token.actions.githubusercontent.com",
  audience: "api://AzureADTokenExchange",
  deployer: ["repo:plant/scoring:environment:dev"],
  planner: ["repo:plant/scoring:pull_request", "repo:plant/scoring:ref:refs/heads/main"],
};
const { bootstrap } = synthesize({ ...dev, federation });
const prod = synthesize({ ...load("prod"), federation }).bootstrap;

const roles = (stack: StackJson, identity: string) =>
  every(stack, "azurerm_role_assignment")
    .filter(({ principal_id }) => String(principal_id).includes(identity))
    .map(({ role_definition_name, scope }) => [role_definition_name, scope]);

const SUBSCRIPTION = "${data.azurerm_subscription.subscription.id}";
const ACCOUNT = "${azurerm_storage_account.state_account.id}";
const container = (name: string) => `\${azurerm_storage_container.state_${name}.id}`;

test("its state is beside it at first, because it makes the account of all the others", () => {
  expect(bootstrap.terraform.backend).toEqual({ local: { path: "terraform.tfstate" } });
});

test("the state account is the one that all stacks name; no key opens it, and each version of a state is kept", () => {
  expect(the(bootstrap, "azurerm_storage_account")).toMatchObject({
    name: dev.state.storageAccountName,
    shared_access_key_enabled: false,
    min_tls_version: "TLS1_2",
    allow_nested_items_to_be_public: false,
    blob_properties: {
      versioning_enabled: true,
      delete_retention_policy: { days: 90 },
      container_delete_retention_policy: { days: 90 },
    },
  });
});

test("states, plans and releases each have a private container, and plans are deleted when they are stale", () => {
  expect(every(bootstrap, "azurerm_storage_container")).toMatchObject([
    { name: dev.state.containerName, container_access_type: "private" },
    { name: "plans", container_access_type: "private" },
    { name: "releases", container_access_type: "private" },
  ]);
  expect(the(bootstrap, "azurerm_storage_management_policy").rule).toMatchObject([
    {
      filters: { prefix_match: ["plans/"] },
      actions: { base_blob: { delete_after_days_since_modification_greater_than: 14 } },
    },
  ]);
});

test("another owner who runs it later leaves the first one's role alone, which Azure would not let them make again", () => {
  const mover = every(bootstrap, "azurerm_role_assignment").find(({ description }) =>
    /bootstrap first/.test(String(description)),
  );
  expect(mover).toMatchObject({
    scope: ACCOUNT,
    role_definition_name: "Storage Blob Data Contributor",
    lifecycle: { ignore_changes: ["principal_id"] },
  });
});

test("the resource providers that the environment needs are registered, Event Grid's for blob events among them", () => {
  expect(bootstrap.provider.azurerm).toMatchObject([
    {
      resource_provider_registrations: "none",
      resource_providers_to_register: expect.arrayContaining(["Microsoft.EventGrid", "Microsoft.Databricks"]),
    },
  ]);
});

test("nobody else registers any, so that a plan needs no right to", () => {
  const { foundation, dataFactory, observability } = synthesize(dev);
  for (const stack of [foundation, dataFactory, observability])
    expect(stack.provider["azurerm"]![0]).not.toHaveProperty("resource_providers_to_register");
});

describe("the deployer", () => {
  test("it makes resources, gives the few roles that the stacks need, and writes states", () => {
    expect(roles(bootstrap, "deployer_identity")).toEqual([
      ["Contributor", SUBSCRIPTION],
      ["Role Based Access Control Administrator", SUBSCRIPTION],
      ["Storage Blob Data Contributor", ACCOUNT],
    ]);
  });

  test("it can neither give nor take another role than those that the stacks assign", () => {
    const { condition, condition_version } =
      bootstrap.resource["azurerm_role_assignment"]!["identities_deployer_roles"]!;
    expect(condition_version).toBe("2.0");
    const ids = "b24988ac-6180-42a0-ab88-20f7382dd24c, 673868aa-7521-48a0-acc6-0f60742d39f5";
    for (const attribute of ["@Request", "@Resource"])
      expect(condition).toContain(
        `${attribute}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ids}`,
      );
  });

  test("it may lock where the environment is protected, and only there", () => {
    expect(roles(prod, "deployer_identity")).toContainEqual(["Locks Contributor", SUBSCRIPTION]);
    expect(roles(bootstrap, "deployer_identity")).not.toContainEqual(["Locks Contributor", SUBSCRIPTION]);
  });
});

test("the planner reads, and writes nothing but plans: no resource, no state, not even a lock on one", () => {
  expect(roles(bootstrap, "planner_identity")).toEqual([
    ["Storage Blob Data Contributor", container("plans")],
    ["Reader", SUBSCRIPTION],
    ["Storage Blob Data Reader", ACCOUNT],
  ]);
});

test("each subject is a credential of its identity, made one after the other", () => {
  const credentials = bootstrap.resource["azurerm_federated_identity_credential"]!;
  expect(Object.values(credentials).map(({ issuer, subject }) => [issuer, subject])).toEqual([
    [federation.issuer, federation.deployer[0]],
    [federation.issuer, federation.planner[0]],
    [federation.issuer, federation.planner[1]],
  ]);
  expect(credentials["identities_planner_credential_1"]).toMatchObject({
    depends_on: ["azurerm_federated_identity_credential.identities_planner_credential_0"],
    audience: ["api://AzureADTokenExchange"],
  });
});

test("where people deploy there is no identity, only the account and whoever moves the state into it", () => {
  const { bootstrap: plain } = synthesize(dev);
  expect(plain.resource).not.toHaveProperty("azurerm_user_assigned_identity");
  expect(the(plain, "azurerm_role_assignment")).toMatchObject({
    role_definition_name: "Storage Blob Data Contributor",
    principal_id: "${data.azurerm_client_config.mover_identity.object_id}",
    scope: ACCOUNT,
  });
});

test("a protected account cannot be destroyed, nor its container deleted by anybody", () => {
  expect(the(prod, "azurerm_storage_account").lifecycle).toEqual({ prevent_destroy: true });
  expect(the(prod, "azurerm_management_lock")).toMatchObject({
    scope: container("container"),
    lock_level: "CanNotDelete",
    // It goes before the roles on the container, which it keeps.
    depends_on: expect.arrayContaining(["azurerm_role_assignment.mover"]),
  });
});
