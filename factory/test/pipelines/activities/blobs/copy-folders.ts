import type { Azurite } from "../../../azurite";
import { copying, csv, parquet, sink, source, store } from "./copied";

export function testCopyFolders(azurite: () => Azurite): void {
  const copied = copying(azurite);

  const binary = { type: "Binary" };
  const names = async (container: string) => azurite().names(container);
  const bytes = (copyBehavior?: string, settings: object = {}) => ({
    source: { type: "BinarySource", storeSettings: { ...store, ...settings } },
    sink: { type: "BinarySink", storeSettings: { type: "AzureBlobStorageWriteSettings", copyBehavior } },
  });
  beforeAll(() =>
    azurite().put({ "tree/in/1.csv": "a\n1\n", "tree/in/sub/2.csv": "a\n2\n", "tree/in/sub/3.txt": "three" }),
  );

  test.each<[string, object, readonly string[]]>([
    ["all files", {}, ["x/1.csv", "x/sub/2.csv", "x/sub/3.txt"]],
    ["without those of folders inside", { recursive: false }, ["x/1.csv"]],
    ["by their names", { wildcardFileName: "?.csv" }, ["x/1.csv", "x/sub/2.csv"]],
    ["by their folders", { wildcardFolderPath: "i*/s?b", wildcardFileName: "*" }, ["x/in/sub/2.csv", "x/in/sub/3.txt"]],
    ["by a prefix", { prefix: "in/su" }, ["x/sub/2.csv", "x/sub/3.txt"]],
    ["none that is later", { modifiedDatetimeEnd: "2015-01-01T00:00:00Z" }, []],
  ])("keep their hierarchy: %s", async (which, settings, expected) => {
    const container = `kept-${which.replaceAll(" ", "-")}`;
    const run = await copied(
      { ...binary, at: "tree/in/" },
      { ...binary, at: `${container}/x/` },
      bytes(undefined, settings),
    );
    expect(run).toMatchObject({ status: "Succeeded", output: { filesWritten: expected.length } });
    expect(await names(container)).toEqual(expected);
  });

  test("files that a list names", async () => {
    await azurite().put({ "lists/list.txt": "1.csv\r\nsub/3.txt\r\n" });
    await copied(
      { ...binary, at: "tree/in/" },
      { ...binary, at: "listed/" },
      bytes(undefined, { fileListPath: "lists/list.txt" }),
    );
    expect(await names("listed")).toEqual(["1.csv", "sub/3.txt"]);
  });

  test("FlattenHierarchy makes names up", async () => {
    await copied({ ...binary, at: "tree/in/" }, { ...binary, at: "flat/" }, bytes("FlattenHierarchy"));
    expect(await names("flat")).toEqual([1, 2, 3].map(() => expect.stringMatching(/^data_[-0-9a-f]+_[-0-9a-f]+$/)));
  });

  test("MergeFiles merges rows under one header", async () => {
    const run = await copied(
      { at: "tree/in/", ...csv },
      { at: "merged/all.csv", ...csv },
      {
        source: { ...source, storeSettings: { ...store, wildcardFileName: "*.csv" } },
        sink: { ...sink, storeSettings: { type: "AzureBlobStorageWriteSettings", copyBehavior: "MergeFiles" } },
      },
    );
    expect(run.output).toMatchObject({ filesRead: 2, filesWritten: 1, rowsCopied: 2 });
    expect(await azurite().text("merged/all.csv")).toBe("a\r\n1\r\n2\r\n");
  });

  test("several files do not become one by themselves", async () => {
    const run = await copied({ ...binary, at: "tree/in/" }, { ...binary, at: "one/file" }, bytes());
    expect(run.error).toContain("when copying from folder to single file file: MergeFiles is for that.");
  });

  test("a change of format changes how names end", async () => {
    await copied(
      { at: "tree/in/", ...csv },
      { ...parquet, at: "renamed/" },
      {
        source: { ...source, storeSettings: { ...store, wildcardFileName: "*.csv" } },
        sink: { type: "ParquetSink" },
      },
    );
    expect(await names("renamed")).toEqual(["1.parquet", "sub/2.parquet"]);
  });

  test("deleteFilesAfterCompletion moves files", async () => {
    await azurite().put({ "moved/in/a": "1" });
    await copied(
      { ...binary, at: "moved/in/" },
      { ...binary, at: "moved/out/" },
      bytes(undefined, { deleteFilesAfterCompletion: true }),
    );
    expect(await names("moved")).toEqual(["out/a"]);
  });

  test("a file that does not exist fails it in the service's words", async () => {
    const run = await copied({ ...binary, at: "tree/gone.csv" }, { ...binary, at: "tree/out" }, bytes());
    expect(run).toMatchObject({
      errorCode: "2200",
      error:
        "ErrorCode=UserErrorSourceBlobNotExist,'Type=Microsoft.DataTransfer.Common.Shared.HybridDeliveryException,Message=The required Blob is missing. ContainerName: tree, path: gone.csv.,Source=Microsoft.DataTransfer.ClientLibrary,'",
    });
  });
}
