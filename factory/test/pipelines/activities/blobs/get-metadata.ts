import type { Azurite } from "../../../azurite";
import { blobFactory, dataset, type DatasetProps, only, reference } from "../../../blob-factory";

export function testGetMetadata(azurite: () => Azurite): void {
  beforeAll(async () => {
    const { parquetWriteBuffer } = await import("hyparquet-writer");
    const columnData = [
      { name: "id", data: [1n], type: "INT64" as const },
      { name: "x", data: [0.5], type: "DOUBLE" as const },
    ];
    await azurite().put({
      "lake/in/a.csv": "id,name\n1,x\n",
      "lake/in/deep/er/b.csv": "",
      "lake/in/a.parquet": new Uint8Array(parquetWriteBuffer({ columnData })),
    });
  });

  const told = async (props: DatasetProps, fieldList: readonly unknown[], more: object = {}) => {
    const typeProperties = { dataset: reference("d"), fieldList, ...more };
    const activities = [{ name: "metadata", type: "GetMetadata", typeProperties }];
    return only(await blobFactory(activities, { datasets: [dataset("d", props)], blobs: azurite().store }).run("p"));
  };

  const SECOND = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

  test("of a file, whatever the case of its fields", async () => {
    const fields = ["Exists", "itemName", "itemType", "size", "lastModified", "contentMD5", "structure", "columnCount"];
    expect((await told({ at: "lake/in/a.csv", firstRowAsHeader: true }, fields)).output).toEqual({
      exists: true,
      itemName: "a.csv",
      itemType: "File",
      size: 12,
      lastModified: SECOND,
      contentMD5: null,
      structure: [
        { name: "id", type: "String" },
        { name: "name", type: "String" },
      ],
      columnCount: 2,
    });
  });

  test("the structure of Parquet has types", async () => {
    expect((await told({ type: "Parquet", at: "lake/in/a.parquet" }, ["structure"])).output).toEqual({
      structure: [
        { name: "id", type: "Int64" },
        { name: "x", type: "Double" },
      ],
    });
  });

  test("of a folder: what is directly in it", async () => {
    expect(
      (await told({ type: "Binary", at: "lake/in/" }, ["childItems", "itemName", "itemType", "exists"])).output,
    ).toEqual({
      childItems: [
        { name: "a.csv", type: "File" },
        { name: "a.parquet", type: "File" },
        { name: "deep", type: "Folder" },
      ],
      itemName: "in",
      itemType: "Folder",
      exists: true,
    });
  });

  test("of a folder with times: only files", async () => {
    const fields = ["childItems"];
    const settings = (more: object) => ({ storeSettings: { type: "AzureBlobStorageReadSettings", ...more } });
    const since = await told({ at: "lake/in/" }, fields, settings({ modifiedDatetimeStart: "2015-01-01T00:00:00Z" }));
    expect(since.output).toMatchObject({ childItems: [{ name: "a.csv" }, { name: "a.parquet" }] });
    const before = await told({ at: "lake/in/" }, fields, settings({ modifiedDatetimeEnd: "2015-01-01T00:00:00Z" }));
    expect(before.output).toEqual({ childItems: [] });
  });

  test("of a container", async () => {
    expect((await told({ at: "lake/" }, ["itemName", "childItems", "lastModified"])).output).toEqual({
      itemName: "lake",
      childItems: [{ name: "in", type: "Folder" }],
      lastModified: SECOND,
    });
  });

  test.each(["lake/in/gone.csv", "lake/gone/", "gone/", "gone/a/b.csv"])(
    "%s does not exist, which fails it unless that is asked",
    async (at) => {
      expect((await told({ at }, ["exists", "size"])).output).toEqual({ exists: false });
      expect(await told({ at }, ["itemName"])).toMatchObject({
        errorCode: "2011",
        error: expect.stringContaining("The required Blob is missing."),
      });
    },
  );

  test.each<[string, DatasetProps, string]>([
    ["size", { at: "lake/in/" }, "folders"],
    ["lastModified", { at: "lake/in/" }, "folders of blob storage"],
    ["childItems", { at: "lake/in/a.csv" }, "files"],
    ["columnCount", { type: "Binary", at: "lake/in/a.csv" }, "files of this format"],
  ])("%s is not there for others", async (field, props, what) => {
    expect((await told(props, [field])).error).toBe(`The field '${field}' is not there for ${what}.`);
  });

  test("a field that blobs do not have needs a stub", async () => {
    await expect(told({ at: "lake/in/" }, ["created"])).rejects.toThrow(
      'activity "metadata": asks for "created", of blobs there are childItems,',
    );
  });
}
