import { SIGNED_IN } from "azure-laptop/identity";
import { FACTORY, refusal, TestWorkspace } from "./workspace";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await TestWorkspace.start();
  await workspace.addPrincipal(FACTORY);
});
afterEach(() => workspace.stop());

const SCIM = "/preview/scim/v2";
const found = async (kind: string, filter: string) =>
  (await workspace.done("GET", `${SCIM}/${kind}?filter=${encodeURIComponent(filter)}`)).Resources;

test("whoever is signed in is an admin of the workspace", async () => {
  expect(await workspace.done("GET", `${SCIM}/Me`)).toMatchObject({
    userName: SIGNED_IN.clientId,
    groups: [{ display: "admins" }],
  });
});

test("a service principal is found by its application id, is there once, is changed and deleted", async () => {
  const [{ id }] = (await found("ServicePrincipals", `applicationId eq "${FACTORY}"`)) as [{ id: string }];
  const again = await workspace.ask("POST", `${SCIM}/ServicePrincipals`, { applicationId: FACTORY });
  expect(again).toMatchObject({
    status: 409,
    answer: { detail: `Service principal with application ID ${FACTORY} already exists.` },
  });
  const entitlements = [{ value: "workspace-access" }, {}];
  await workspace.done("PUT", `${SCIM}/ServicePrincipals/${id}`, { displayName: "other", active: true, entitlements });
  expect(await workspace.done("GET", `${SCIM}/ServicePrincipals/${id}`)).toMatchObject({
    ...{ displayName: "other", applicationId: FACTORY, entitlements: [{ value: "workspace-access" }] },
  });
  await workspace.done("DELETE", `${SCIM}/ServicePrincipals/${id}`);
  expect(await workspace.ask("GET", `${SCIM}/ServicePrincipals/${id}`)).toMatchObject({ status: 404 });
});

test("a group is found by its name once it is there, and says whether it is the account's", async () => {
  expect(await found("Groups", 'displayName eq "engineers"')).toEqual([]);
  workspace.store.addAccountGroup("engineers");
  await workspace.done("POST", `${SCIM}/Groups`, { displayName: "local" });
  expect(await found("Groups", 'displayName eq "engineers"')).toMatchObject([{ meta: { resourceType: "Group" } }]);
  expect(await found("Groups", 'displayName eq "local"')).toMatchObject([{ meta: { resourceType: "WorkspaceGroup" } }]);
  expect(await found("Groups", 'displayName eq "admins"')).toHaveLength(1);
  expect(await workspace.ask("GET", `${SCIM}/Groups?filter=displayName%20co%20%22a%22`)).toMatchObject({ status: 400 });
});

async function folderId(path: string): Promise<unknown> {
  await workspace.done("POST", "/workspace/mkdirs", { path });
  return (await workspace.done("GET", `/workspace/get-status?path=${path}`)).object_id;
}
const to = (service_principal_name: string, permission_level: string) => ({
  access_control_list: [{ service_principal_name, permission_level }],
});
const granted = (level: string) => ({
  service_principal_name: FACTORY,
  display_name: FACTORY,
  all_permissions: [{ permission_level: level, inherited: false }],
});

test("a folder's permissions are set anew, and what lies in it inherits them", async () => {
  const outer = await folderId("/plant");
  const inner = await folderId("/plant/release");
  await workspace.done("PUT", `/permissions/directories/${outer}`, to(FACTORY, "CAN_READ"));
  expect(await workspace.done("GET", `/permissions/directories/${outer}`)).toEqual({
    object_id: `/directories/${outer}`,
    object_type: "directory",
    access_control_list: [granted("CAN_READ"), expect.objectContaining({ group_name: "admins" })],
  });
  const inherited = { permission_level: "CAN_READ", inherited: true, inherited_from_object: [`/directories/${outer}`] };
  expect((await workspace.done("GET", `/permissions/directories/${inner}`)).access_control_list).toContainEqual(
    expect.objectContaining({ service_principal_name: FACTORY, all_permissions: [inherited] }),
  );
  await workspace.done("PUT", `/permissions/directories/${outer}`, {});
  const { access_control_list: left } = await workspace.done("GET", `/permissions/directories/${outer}`);
  expect(left).toEqual([expect.objectContaining({ group_name: "admins" })]);
});

test("a cluster is its maker's, and others are added to it", async () => {
  const body = { spark_version: "17.3.x-scala2.13", num_workers: 1 };
  const { cluster_id: id } = await workspace.done("POST", "/clusters/create", body);
  const names = async () => {
    const { access_control_list } = await workspace.done("GET", `/permissions/clusters/${id}`);
    return (access_control_list as { display_name: string }[]).map(({ display_name }) => display_name);
  };
  expect(await names()).toEqual([SIGNED_IN.clientId, "admins"]);
  await workspace.done("PATCH", `/permissions/clusters/${id}`, to(FACTORY, "CAN_RESTART"));
  expect(await names()).toEqual([SIGNED_IN.clientId, FACTORY, "admins"]);
  // Terraform's provider names itself as a user.
  const itself = { user_name: SIGNED_IN.clientId, permission_level: "CAN_MANAGE" };
  await workspace.done("PUT", `/permissions/clusters/${id}`, { access_control_list: [itself] });
  expect(await names()).toEqual([SIGNED_IN.clientId, "admins"]);
});

test("levels, principals and objects that are not there are refused", async () => {
  const id = await folderId("/plant");
  const put = (at: string, body: object) => workspace.ask("PUT", `/permissions/${at}`, body);
  expect(await put(`directories/${id}`, to(FACTORY, "CAN_RESTART"))).toEqual(
    refusal(400, "INVALID_PARAMETER_VALUE", "CAN_RESTART is not of a directory"),
  );
  expect(await put(`directories/${id}`, to("nobody", "CAN_READ"))).toEqual(
    refusal(404, "RESOURCE_DOES_NOT_EXIST", "Principal: ServicePrincipalName(nobody) does not exist"),
  );
  const group = { access_control_list: [{ group_name: "nobody", permission_level: "CAN_READ" }] };
  expect(await put(`directories/${id}`, group)).toEqual(
    refusal(404, "RESOURCE_DOES_NOT_EXIST", "Principal: GroupName(nobody) does not exist"),
  );
  expect(await put(`directories/${id}`, { access_control_list: [{ permission_level: "CAN_READ" }] })).toEqual(
    refusal(400, "INVALID_PARAMETER_VALUE", "exactly one"),
  );
  for (const at of [`notebooks/${id}`, "directories/1", "clusters/1", "cluster-policies/1", "tokens/1"])
    expect(await put(at, to(FACTORY, "CAN_READ"))).toMatchObject({ status: 404 });
});
