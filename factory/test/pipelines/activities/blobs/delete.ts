import type { Azurite } from "../../../azurite";
import { blobFactory, dataset, only, reference } from "../../../blob-factory";

export function testDelete(azurite: () => Azurite): void {
  beforeEach(() =>
    azurite().put({ "bin/a/1.txt": "1", "bin/a/2.csv": "2", "bin/a/sub/3.txt": "3", "bin/b/4.txt": "4" }),
  );

  const deleted = async (at: string, typeProperties: object = {}) => {
    const activities = [
      { name: "delete", type: "Delete", typeProperties: { dataset: reference("d"), ...typeProperties } },
    ];
    const datasets = [dataset("d", { type: "Binary", at })];
    return only(await blobFactory(activities, { datasets, blobs: azurite().store }).run("p"));
  };
  const settings = (more: object) => ({ storeSettings: { type: "AzureBlobStorageReadSettings", ...more } });

  test("one file, and tells so", async () => {
    expect((await deleted("bin/a/1.txt")).output).toEqual({
      datasetName: "d",
      path: "bin/a/1.txt",
      recursive: false,
      isWildcardUsed: false,
      filesDeleted: 1,
      executionDuration: expect.any(Number),
    });
    expect(await azurite().names("bin")).toEqual(["a/2.csv", "a/sub/3.txt", "b/4.txt"]);
  });

  test.each<[string, string, object, readonly string[]]>([
    ["of a folder only what is directly in it", "bin/a/", {}, ["a/sub/3.txt", "b/4.txt"]],
    ["of a folder all that is in it", "bin/a/", settings({ recursive: true }), ["b/4.txt"]],
    ["by a wildcard", "bin/a/", settings({ recursive: true, wildcardFileName: "*.txt" }), ["a/2.csv", "b/4.txt"]],
    ["by a wildcard of the dataset", "bin/a/*.txt", {}, ["a/2.csv", "a/sub/3.txt", "b/4.txt"]],
    [
      "none that is later",
      "bin/a/",
      settings({ modifiedDatetimeEnd: "2015-01-01T00:00:00Z" }),
      ["a/1.txt", "a/2.csv", "a/sub/3.txt", "b/4.txt"],
    ],
  ])("%s", async (_, at, typeProperties, left) => {
    expect(await deleted(at, typeProperties)).toMatchObject({
      status: "Succeeded",
      output: { filesDeleted: 4 - left.length },
    });
    expect(await azurite().names("bin")).toEqual(left);
  });

  test("a file that is missing fails it", async () => {
    expect((await deleted("bin/a/gone.txt")).error).toContain(
      "The required Blob is missing. ContainerName: bin, path: a/gone.txt.",
    );
  });
}
