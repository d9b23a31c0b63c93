import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Deployed, GROUP, SUBSCRIPTION } from "../deployed";

const folder = mkdtempSync(path.join(tmpdir(), "resources-"));
const file = path.join(folder, "azure", "resources.json");
let azure: Deployed;

const ACCOUNT = "providers/Microsoft.Storage/storageAccounts/stplant";

beforeEach(async () => {
  rmSync(file, { force: true });
  azure = await Deployed.start(file);
  await azure.ask("PUT", GROUP, { location: "West Europe" });
});
afterEach(() => azure.stop());
afterAll(() => rmSync(folder, { recursive: true }));

const put = (what: string, properties: object = {}, more: object = {}) =>
  azure.ask("PUT", what, { location: "westeurope", properties, ...more });

test("any resource is written, read, changed, listed and deleted", async () => {
  const vault = "providers/Microsoft.Anything/things/one";
  await put(vault, { size: 3 }, { tags: { plant: "A", line: "1" } });
  await put(vault, { size: 4 }, { tags: { plant: "A", line: "1" } });
  const { body } = await azure.ask("PATCH", vault, { tags: { line: null, shift: "night" } });
  expect(body).toMatchObject({
    id: `${GROUP}/${vault}`,
    type: "Microsoft.Anything/things",
    location: "westeurope",
    tags: { plant: "A", shift: "night" },
    properties: { size: 4, provisioningState: "Succeeded" },
  });
  expect(body["tags"]).not.toHaveProperty("line");
  expect((await azure.ask("GET", "providers/Microsoft.Anything/things")).body).toEqual({ value: [body] });
  expect((await azure.ask("DELETE", vault)).status).toBe(200);
  expect((await azure.ask("DELETE", vault)).status).toBe(204);
  expect(await azure.ask("GET", vault)).toMatchObject({ status: 404, body: { error: { code: "ResourceNotFound" } } });
});

test("names are compared in any case, and the group is spelled as Azure does", async () => {
  await put(ACCOUNT);
  const path = `/subscriptions/${SUBSCRIPTION}/resourcegroups/RG-PLANT/${ACCOUNT.toLowerCase()}`;
  expect((await azure.ask("GET", path)).body["id"]).toBe(`${GROUP}/${ACCOUNT}`);
});

test("nothing is made in a group, or in a resource, that is not there", async () => {
  expect(await azure.ask("PUT", `/subscriptions/${SUBSCRIPTION}/resourceGroups/no/${ACCOUNT}`, {})).toMatchObject({
    status: 404,
    body: { error: { code: "ResourceGroupNotFound" } },
  });
  expect(await put(`${ACCOUNT}/blobServices/default/containers/landing`)).toMatchObject({
    status: 404,
    body: { error: { code: "ResourceNotFound" } },
  });
});

test("what was deployed is there after a restart", async () => {
  await put(ACCOUNT);
  await azure.stop();
  azure = await Deployed.start(file);
  expect((await azure.ask("GET", ACCOUNT)).status).toBe(200);
});

test("the resources of a group are listed, of one type where that is asked for", async () => {
  await put(ACCOUNT);
  await put(`${ACCOUNT}/blobServices/default/containers/landing`, {}, { location: undefined });
  await put("providers/Microsoft.Anything/things/one");
  const names = async (path: string) => {
    const { value } = (await azure.ask("GET", path)).body as { readonly value: readonly { readonly name: string }[] };
    return value.map(({ name }) => name).sort();
  };
  expect(await names("resources")).toEqual(["one", "stplant"]);
  const all = `/subscriptions/${SUBSCRIPTION}/resources?$filter=`;
  expect(await names(`${all}resourceGroup%20eq%20'RG-plant'`)).toEqual(["one", "stplant"]);
  expect(await names(`${all}resourceType%20eq%20'Microsoft.Storage/storageAccounts'`)).toEqual(["stplant"]);
  expect(await names(`${all}resourceGroup%20eq%20'another'`)).toEqual([]);
});

test("an account has its endpoints, and its services from the beginning", async () => {
  const { body } = await put(ACCOUNT);
  expect(body).toMatchObject({ properties: { primaryEndpoints: { blob: "https://stplant.blob.core.windows.net/" } } });
  expect((await azure.ask("GET", `${ACCOUNT}/blobServices/default`)).status).toBe(200);
  expect((await put(`${ACCOUNT}/blobServices/default/containers/landing`)).status).toBe(200);
});

test("a group that is deleted takes all that is in it with it", async () => {
  await put(ACCOUNT);
  await put(`${ACCOUNT}/blobServices/default/containers/landing`);
  await azure.ask("DELETE", GROUP);
  await azure.ask("PUT", GROUP, { location: "westeurope" });
  expect((await azure.ask("GET", `${ACCOUNT}/blobServices/default/containers/landing`)).status).toBe(404);
});

test("a lock keeps what it is on and what that is in, until it is deleted", async () => {
  await put(ACCOUNT);
  const lock = `${ACCOUNT}/providers/Microsoft.Authorization/locks/keep`;
  await put(lock, { level: "CanNotDelete" });
  for (const kept of [ACCOUNT, GROUP])
    expect(await azure.ask("DELETE", kept)).toMatchObject({ status: 409, body: { error: { code: "ScopeLocked" } } });
  expect((await azure.ask("DELETE", lock)).status).toBe(200);
  expect((await azure.ask("DELETE", ACCOUNT)).status).toBe(200);
});

describe("roles", () => {
  const reader = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
  const assignment = (name: string) => `${ACCOUNT}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const identity = async () => {
    const { body } = await put("providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-factory");
    return (body["properties"] as { readonly principalId: string }).principalId;
  };
  beforeEach(() => put(ACCOUNT));

  test("are found by their names", async () => {
    const list = `${GROUP}/providers/Microsoft.Authorization/roleDefinitions?$filter=roleName%20eq%20'Reader'`;
    expect((await azure.ask("GET", list)).body).toMatchObject({ value: [{ id: reader }] });
    const none = list.replace("Reader", "Janitor");
    expect((await azure.ask("GET", none)).body).toEqual({ value: [] });
  });

  test("are assigned to an identity that there is, once", async () => {
    const principalId = await identity();
    expect((await put(assignment("one"), { roleDefinitionId: reader, principalId })).status).toBe(201);
    expect(await put(assignment("two"), { roleDefinitionId: reader, principalId })).toMatchObject({
      status: 409,
      body: { error: { code: "RoleAssignmentExists" } },
    });
  });

  test("are refused to an identity that there is not, and where the role is not known", async () => {
    const principalId = "99999999-9999-9999-9999-999999999999";
    expect(await put(assignment("one"), { roleDefinitionId: reader, principalId })).toMatchObject({
      body: { error: { code: "PrincipalNotFound" } },
    });
    const roleDefinitionId = reader.replace("acdd72a7", "00000000");
    expect(await put(assignment("one"), { roleDefinitionId, principalId: await identity() })).toMatchObject({
      body: { error: { code: "RoleDefinitionDoesNotExist" } },
    });
  });
});

test("an identity that a resource is to have must be there", async () => {
  const id = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/none`;
  const identity = { type: "UserAssigned", userAssignedIdentities: { [id]: {} } };
  expect(await put(ACCOUNT, {}, { identity })).toMatchObject({
    status: 400,
    body: { error: { code: "FailedIdentityOperation" } },
  });
});

test("a network shows its subnets, and one in use is not deleted", async () => {
  const network = "providers/Microsoft.Network/virtualNetworks/vnet";
  await put(network, { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } });
  await put(`${network}/subnets/endpoints`, { addressPrefix: "10.0.1.0/24" });
  expect((await azure.ask("GET", network)).body).toMatchObject({ properties: { subnets: [{ name: "endpoints" }] } });
  await put(ACCOUNT);
  const connection = { name: "blob", properties: { privateLinkServiceId: `${GROUP}/${ACCOUNT}`, groupIds: ["blob"] } };
  const endpoint = "providers/Microsoft.Network/privateEndpoints/pe";
  const subnet = { id: `${GROUP}/${network}/subnets/endpoints` };
  expect(await put(endpoint, { subnet, privateLinkServiceConnections: [connection] })).toMatchObject({
    body: { properties: { privateLinkServiceConnections: [{ properties: { provisioningState: "Succeeded" } }] } },
  });
  expect(await azure.ask("DELETE", `${network}/subnets/endpoints`)).toMatchObject({
    body: { error: { code: "InUseSubnetCannotBeDeleted" } },
  });
  await azure.ask("DELETE", endpoint);
  expect((await azure.ask("DELETE", `${network}/subnets/endpoints`)).status).toBe(200);
});

test("a private endpoint of a factory's own network is made, and waits to be approved", async () => {
  const factory = "providers/Microsoft.DataFactory/factories/adf";
  const network = `${factory}/managedVirtualNetworks/default`;
  await put(factory);
  await put(network);
  const target = `${GROUP}/providers/Microsoft.Databricks/workspaces/dbw`;
  expect(await put(`${network}/managedPrivateEndpoints/databricks`, { privateLinkResourceId: target })).toMatchObject({
    status: 200,
    body: { properties: { provisioningState: "Succeeded", connectionState: { status: "Pending" } } },
  });
});

test("a workspace has an address, and a group with its root storage that comes and goes with it", async () => {
  const managedResourceGroupId = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-managed`;
  const workspace = "providers/Microsoft.Databricks/workspaces/dbw";
  const { body } = await put(workspace, { managedResourceGroupId });
  expect(body).toMatchObject({
    properties: { workspaceUrl: expect.stringMatching(/^adb-\d{16}\.\d+\.azuredatabricks\.net$/) },
  });
  expect((await azure.ask("GET", managedResourceGroupId)).status).toBe(200);
  const { storageAccountName } = (
    body["properties"] as { readonly parameters: Readonly<Record<string, { value: string }>> }
  ).parameters;
  const root = `${managedResourceGroupId}/providers/Microsoft.Storage/storageAccounts/${storageAccountName!.value}`;
  expect((await azure.ask("GET", root)).status).toBe(200);
  await azure.ask("DELETE", workspace);
  expect((await azure.ask("GET", managedResourceGroupId)).status).toBe(404);
});
