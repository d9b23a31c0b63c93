import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { workspaceRoutes, WorkspaceStore } from "azure-laptop";
import { refusal, TestWorkspace } from "./workspace";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await TestWorkspace.start();
});
afterEach(() => workspace.stop());

const base64 = (source: string) => Buffer.from(source).toString("base64");
const makeFolder = (at: string) => workspace.done("POST", "/workspace/mkdirs", { path: at });
const notebook = (at: string, source = "x = 1", overwrite = false) =>
  workspace.ask("POST", "/workspace/import", {
    ...{ path: at, content: base64(source), format: "SOURCE", language: "PYTHON", overwrite },
  });
const file = (at: string, source = "x = 1") =>
  workspace.ask("POST", "/workspace/import", { path: at, content: base64(source), format: "RAW", overwrite: true });
const status = (at: string) => workspace.ask("GET", `/workspace/get-status?path=${encodeURIComponent(at)}`);

test("what is imported is among the workspace's files, a notebook without an extension", async () => {
  await makeFolder("/plant/release");
  await notebook("/plant/release/scoring", "print(1)");
  await file("/Workspace/plant/release/rows.py", "rows = 2");
  expect(workspace.store.files().map(({ content, ...rest }) => ({ ...rest, source: content.toString() }))).toEqual([
    { path: "/plant/release/scoring", isNotebook: true, source: "print(1)" },
    { path: "/plant/release/rows.py", isNotebook: false, source: "rows = 2" },
  ]);
  expect((await status("/plant/release/scoring")).answer).toMatchObject({
    ...{ object_type: "NOTEBOOK", language: "PYTHON", path: "/plant/release/scoring" },
  });
  expect((await status("/plant/release/rows.py")).answer).toMatchObject({ object_type: "FILE", size: 8 });
});

test("an import takes the place of a notebook only where it is told to, and keeps its id", async () => {
  await makeFolder("/plant");
  const { answer: first } = await notebook("/plant/scoring");
  expect(await notebook("/plant/scoring", "x = 2")).toEqual(
    refusal(400, "RESOURCE_ALREADY_EXISTS", "Path (/plant/scoring) already exists."),
  );
  expect((await notebook("/plant/scoring", "x = 2", true)).answer).toEqual(first);
  expect(await workspace.done("GET", "/workspace/export?path=/plant/scoring")).toEqual({
    ...{ content: base64("x = 2"), file_type: "py" },
  });
  expect(await file("/plant/scoring")).toEqual(refusal(400, "INVALID_PARAMETER_VALUE", "type mismatch"));
});

test("a source file that says it is a notebook becomes one where the format is AUTO", async () => {
  for (const [name, source] of [
    ["a.py", "# Databricks notebook source\nx = 1"],
    ["b.py", "x = 1"],
  ] as const)
    await workspace.done("POST", "/workspace/import", { path: `/${name}`, content: base64(source), format: "AUTO" });
  expect(workspace.store.files()).toMatchObject([
    { path: "/a", isNotebook: true },
    { path: "/b.py", isNotebook: false },
  ]);
});

test("a folder lists what lies in it itself, and is deleted with all of it only where it is told to", async () => {
  await makeFolder("/plant/release/charts");
  await file("/plant/release/charts/canvas.py");
  await file("/plant/release/rows.py");
  const { objects } = await workspace.done("GET", "/workspace/list?path=/plant/release");
  expect(objects).toMatchObject([{ path: "/plant/release/charts" }, { path: "/plant/release/rows.py" }]);
  const remove = (recursive: boolean) =>
    workspace.ask("POST", "/workspace/delete", { path: "/plant/release", recursive });
  expect(await remove(false)).toEqual(refusal(400, "DIRECTORY_NOT_EMPTY", "Folder (/plant/release) is not empty"));
  await remove(true);
  expect(workspace.store.files()).toEqual([]);
  expect(await status("/plant/release/charts")).toEqual(
    refusal(404, "RESOURCE_DOES_NOT_EXIST", "Path (/plant/release/charts) doesn't exist."),
  );
  expect((await status("/plant")).status).toBe(200);
});

test.each<[string, string, object, ReturnType<typeof refusal>]>([
  [
    "an import into a folder that is not there",
    "/workspace/import",
    { path: "/nowhere/a", content: "", format: "RAW" },
    refusal(404, "RESOURCE_DOES_NOT_EXIST", "The parent folder (/nowhere) does not exist."),
  ],
  [
    "a notebook in no language",
    "/workspace/import",
    { path: "/a", content: "", format: "SOURCE" },
    refusal(400, "INVALID_PARAMETER_VALUE", "language is missing"),
  ],
  [
    "an archive",
    "/workspace/import",
    { path: "/a", content: "", format: "DBC" },
    refusal(400, "INVALID_PARAMETER_VALUE", "format"),
  ],
  [
    "what is not base64",
    "/workspace/import",
    { path: "/a", content: "*", format: "RAW" },
    refusal(400, "INVALID_PARAMETER_VALUE", "content"),
  ],
  [
    "a path without a slash",
    "/workspace/mkdirs",
    { path: "a" },
    refusal(400, "INVALID_PARAMETER_VALUE", "Path (a) doesn't start with '/'"),
  ],
  [
    "a folder beside those of users",
    "/workspace/mkdirs",
    { path: "/Users/somebody" },
    refusal(400, "DIRECTORY_PROTECTED", "Folder Users is protected"),
  ],
  [
    "the end of all users",
    "/workspace/delete",
    { path: "/Users", recursive: true },
    refusal(400, "DIRECTORY_PROTECTED", "Folder Users is protected"),
  ],
])("%s is refused", async (_, at, body, refused) => {
  expect(await workspace.ask("POST", at, body)).toEqual(refused);
});

test("an experiment lies in a folder, is there once, is renamed, and goes with its folder", async () => {
  const create = (name: string) =>
    workspace.ask("POST", "/mlflow/experiments/create", { name, artifact_location: "dbfs:/a" });
  expect(await create("/plant/experiment")).toEqual(
    refusal(404, "RESOURCE_DOES_NOT_EXIST", "Parent directory /plant does not exist."),
  );
  await makeFolder("/plant");
  const { experiment_id: id } = (await create("/plant/experiment")).answer;
  expect(await create("/plant/experiment")).toEqual(
    refusal(400, "RESOURCE_ALREADY_EXISTS", "Node named 'experiment' already exists"),
  );
  await workspace.done("POST", "/mlflow/experiments/update", { experiment_id: id, new_name: "/plant/other" });
  const get = () => workspace.ask("GET", `/mlflow/experiments/get?experiment_id=${id}`);
  expect((await get()).answer).toEqual({
    experiment: expect.objectContaining({
      name: "/plant/other",
      artifact_location: "dbfs:/a",
      lifecycle_stage: "active",
    }),
  });
  await workspace.done("POST", "/workspace/delete", { path: "/plant", recursive: true });
  expect(await get()).toEqual(refusal(404, "RESOURCE_DOES_NOT_EXIST", `Node ID ${id} does not exist.`));
});

test("a workspace is kept in a file of its owner alone, and tells of its changes", async () => {
  const kept = path.join(mkdtempSync(path.join(tmpdir(), "workspace-")), "a", "workspace.json");
  const store = new WorkspaceStore(kept);
  let changes = 0;
  store.onChange(() => (changes += 1));
  const other = await TestWorkspace.start(store);
  await other.done("POST", "/workspace/mkdirs", { path: "/plant" });
  await other.done("POST", "/workspace/import", { path: "/plant/a.py", content: base64("x"), format: "RAW" });
  await other.stop();
  expect(changes).toBe(2);
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  const again = new WorkspaceStore(kept);
  expect(again.files()).toEqual(store.files());
  expect(again.nextId()).toBe(store.nextId());
});

test("a request that nobody knows, and a host without a workspace are not found", async () => {
  expect(await workspace.ask("GET", "/secrets/scopes/list")).toMatchObject({ status: 404 });
  const [, mkdirs] = workspaceRoutes(() => undefined);
  const request = { host: "adb-1.1.azuredatabricks.net", names: {}, query: new URLSearchParams(), headers: {} };
  await expect(mkdirs!.handle({ ...request, body: { path: "/a" }, content: Buffer.alloc(0) })).rejects.toMatchObject({
    ...{ status: 404, message: "there is no workspace at adb-1.1.azuredatabricks.net" },
  });
});
