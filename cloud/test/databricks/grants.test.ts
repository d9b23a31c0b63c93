import { SIGNED_IN } from "azure-laptop/identity";
import { makeLake, UC } from "./lake";
import { FACTORY, refusal, TestWorkspace } from "./workspace";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await TestWorkspace.start();
  await workspace.addPrincipal(FACTORY);
});
afterEach(() => workspace.stop());

const get = (at: string) => workspace.ask("GET", `${UC}/${at}`);
const grant = (at: string, principal: string, add: readonly string[], gone: readonly string[] = []) =>
  workspace.ask("PATCH", `${UC}/permissions/${at}`, { changes: [{ principal, add, remove: gone }] });

test("privileges are added, taken away, and inherited by what is in the object", async () => {
  await makeLake(workspace);
  await grant("catalog/plant", FACTORY, ["USE CATALOG"]);
  await grant("schema/plant.machines", FACTORY, ["USE_SCHEMA", "SELECT"]);
  await grant("schema/plant.machines", FACTORY, [], ["SELECT"]);
  expect((await get("permissions/schema/plant.machines")).answer).toEqual({
    privilege_assignments: [{ principal: FACTORY, privileges: ["USE_SCHEMA"] }],
  });
  const inherited = (type: string, name: string) => ({ inherited_from_type: type, inherited_from_name: name });
  expect((await get("effective-permissions/volume/plant.machines.mlflow")).answer).toEqual({
    privilege_assignments: [
      {
        principal: FACTORY,
        privileges: [
          { privilege: "USE_SCHEMA", ...inherited("SCHEMA", "plant.machines") },
          { privilege: "USE_CATALOG", ...inherited("CATALOG", "plant") },
        ],
      },
    ],
  });
  await grant("catalog/plant", FACTORY, [], ["USE_CATALOG"]);
  expect((await get("permissions/catalog/plant")).answer).toEqual({ privilege_assignments: [] });
});

test("a group of the account holds grants; a group of the workspace, a stranger and a wrong privilege are refused", async () => {
  await makeLake(workspace);
  workspace.store.addAccountGroup("engineers");
  expect((await grant("catalog/plant", "engineers", ["USE_CATALOG"])).status).toBe(200);
  for (const principal of ["admins", "nobody"])
    expect(await grant("catalog/plant", principal, ["USE_CATALOG"])).toEqual(
      refusal(404, "PRINCIPAL_DOES_NOT_EXIST", `Could not find principal with name ${principal}`),
    );
  expect(await grant("volume/plant.machines.mlflow", FACTORY, ["SELECT"])).toEqual(
    refusal(400, "INVALID_PARAMETER_VALUE", "Privilege SELECT is not applicable to this entity"),
  );
  expect(await grant("catalog/none", FACTORY, ["USE_CATALOG"])).toMatchObject({ status: 404 });
});

test("whoever is signed in may make catalogs, locations and credentials in the metastore", async () => {
  const { metastore_id } = (await get("metastore_summary")).answer;
  expect((await get(`effective-permissions/metastore/${metastore_id}`)).answer).toEqual({
    privilege_assignments: [
      {
        principal: SIGNED_IN.clientId,
        privileges: ["CREATE_CATALOG", "CREATE_EXTERNAL_LOCATION", "CREATE_STORAGE_CREDENTIAL"].map((privilege) => ({
          privilege,
        })),
      },
    ],
  });
});
