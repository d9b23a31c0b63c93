import { SIGNED_IN } from "azure-laptop/identity";
import { catalog, LAKE, location, makeLake, schema, UC, volume } from "./lake";
import { refusal, TestWorkspace } from "./workspace";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await TestWorkspace.start();
});
afterEach(() => workspace.stop());

const post = (kind: string, body: object) => workspace.ask("POST", `${UC}/${kind}`, body);
const get = (at: string) => workspace.ask("GET", `${UC}/${at}`);
const remove = (at: string) => workspace.ask("DELETE", `${UC}/${at}`);

test("what is made is shown with what the service adds", async () => {
  await makeLake(workspace);
  expect((await get("external-locations/lake")).answer).toMatchObject({
    ...{ url: `${LAKE}/`, read_only: false, isolation_mode: "ISOLATION_MODE_OPEN", owner: SIGNED_IN.clientId },
  });
  expect((await get("catalogs/PLANT")).answer).toMatchObject({
    ...{ name: "plant", isolation_mode: "OPEN", catalog_type: "MANAGED_CATALOG", securable_type: "CATALOG" },
  });
  expect((await get("volumes/plant.machines.mlflow")).answer).toMatchObject({
    full_name: "plant.machines.mlflow",
    storage_location: expect.stringContaining(`${LAKE}/catalog/__unitystorage/`),
  });
  const { schemas } = (await get("schemas?catalog_name=plant")).answer;
  expect(schemas).toMatchObject([{ name: "default" }, { name: "information_schema" }, { name: "machines" }]);
});

test.each<[string, string, object, ReturnType<typeof refusal>]>([
  [
    "a location without its credential",
    "external-locations",
    { ...location, name: "other", credential_name: "none" },
    refusal(404, "STORAGE_CREDENTIAL_DOES_NOT_EXIST", "Storage credential 'none' does not exist."),
  ],
  [
    "a location in another",
    "external-locations",
    { ...location, name: "other", url: `${LAKE}/a` },
    refusal(400, "INVALID_PARAMETER_VALUE.LOCATION_OVERLAP", "Conflicting location: lake."),
  ],
  [
    "a location of another kind of storage",
    "external-locations",
    { ...location, name: "other", url: "s3://lake" },
    refusal(400, "INVALID_PARAMETER_VALUE", "url: must be abfss://"),
  ],
  [
    "a catalog that lies in no location",
    "catalogs",
    { name: "other", storage_root: "abfss://lakes@plant.dfs.core.windows.net/a" },
    refusal(404, "EXTERNAL_LOCATION_DOES_NOT_EXIST", "No parent external location was found"),
  ],
  [
    "a catalog without storage",
    "catalogs",
    { name: "other" },
    refusal(400, "INVALID_STATE", "Metastore storage root URL does not exist."),
  ],
  ["a catalog twice", "catalogs", catalog, refusal(400, "CATALOG_ALREADY_EXISTS", "Catalog 'plant' already exists")],
  [
    "a schema in no catalog",
    "schemas",
    { ...schema, catalog_name: "none" },
    refusal(404, "CATALOG_DOES_NOT_EXIST", "Catalog 'none' does not exist."),
  ],
  [
    "a volume in no schema",
    "volumes",
    { ...volume, schema_name: "none" },
    refusal(404, "SCHEMA_DOES_NOT_EXIST", "Schema 'plant.none' does not exist."),
  ],
  [
    "an external volume that says not where",
    "volumes",
    { ...volume, name: "other", volume_type: "EXTERNAL" },
    refusal(400, "INVALID_PARAMETER_VALUE", "an external volume has a storage_location"),
  ],
  [
    "a credential of no access connector",
    "storage-credentials",
    { name: "other", azure_managed_identity: { access_connector_id: "c" } },
    refusal(400, "INVALID_PARAMETER_VALUE", "is not the id of an access connector"),
  ],
  [
    "a name with a dot",
    "catalogs",
    { ...catalog, name: "a.b" },
    refusal(400, "INVALID_PARAMETER_VALUE", "a name has no spaces, dots or slashes"),
  ],
])("%s is refused", async (_, kind, body, refused) => {
  await makeLake(workspace);
  expect(await post(kind, body)).toEqual(refused);
});

test("what has something in it, or is used, is deleted only with force", async () => {
  await makeLake(workspace);
  for (const [at, words] of [
    ["catalogs/plant", "Catalog 'plant' is not empty."],
    [
      "schemas/plant.machines",
      "Schema 'plant.machines' is not empty. The schema has 0 tables(s), 0 functions(s), 1 volumes(s)",
    ],
    ["external-locations/lake", "1 dependent catalogs"],
    ["storage-credentials/lake", "1 dependent storage location(s)"],
  ] as const)
    expect(await remove(at)).toEqual(refusal(400, "INVALID_STATE", words));
  expect((await remove("catalogs/plant?force=true")).status).toBe(200);
  expect(await get("volumes/plant.machines.mlflow")).toMatchObject({ status: 404 });
  // Nothing is in it now.
  expect((await remove("external-locations/lake")).status).toBe(200);
  expect((await remove("storage-credentials/lake")).status).toBe(200);
});

test("a catalog that has no more than it began with is deleted", async () => {
  await makeLake(workspace);
  await workspace.done("DELETE", `${UC}/schemas/plant.machines?force=true`);
  expect(await remove("schemas/plant.information_schema")).toMatchObject({ status: 400 });
  expect((await remove("catalogs/plant")).status).toBe(200);
});

test("a credential that a location uses is changed only with force", async () => {
  await makeLake(workspace);
  const change = (body: object) => workspace.ask("PATCH", `${UC}/storage-credentials/lake`, body);
  expect(await change({ comment: "a" })).toEqual(refusal(400, "INVALID_STATE", "use force option to update anyway."));
  expect((await change({ comment: "a", force: true })).answer).toMatchObject({ comment: "a", name: "lake" });
  expect(await workspace.ask("PATCH", `${UC}/catalogs/plant`, { new_name: "a" })).toEqual(
    refusal(400, "INVALID_PARAMETER_VALUE", "renaming is not answered on this machine"),
  );
});

test.each(["catalog", "external_location", "storage_credential"])(
  "an isolated %s shows itself only to the workspaces that it is bound to",
  async (type) => {
    await makeLake(workspace);
    const name = type === "catalog" ? "plant" : "lake";
    const at = `${type.replace("_", "-")}s/${name}`;
    const isolated = type === "catalog" ? "ISOLATED" : "ISOLATION_MODE_ISOLATED";
    await workspace.done("PATCH", `${UC}/${at}`, { isolation_mode: isolated, force: true });
    expect(await get(at)).toEqual(refusal(403, "PERMISSION_DENIED", "is not accessible in current workspace"));
    const { workspace_id } = (await get("current-metastore-assignment")).answer;
    const bind = (body: object) => workspace.done("PATCH", `${UC}/bindings/${type}/${name}`, body);
    expect(await bind({ add: [{ workspace_id }] })).toEqual({
      bindings: [{ workspace_id, binding_type: "BINDING_TYPE_READ_WRITE" }],
    });
    expect((await get(at)).status).toBe(200);
    await bind({ remove: [{ workspace_id }] });
    expect((await get(at)).status).toBe(403);
  },
);

test("what is in an isolated catalog is bound with it", async () => {
  await makeLake(workspace);
  await workspace.done("PATCH", `${UC}/catalogs/plant`, { isolation_mode: "ISOLATED" });
  expect((await get("schemas/plant.machines")).status).toBe(403);
  await workspace.done("PATCH", `${UC}/workspace-bindings/catalogs/plant`, { assign_workspaces: [1] });
  expect((await get("schemas/plant.machines")).status).toBe(200);
});
