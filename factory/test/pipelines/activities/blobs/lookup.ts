import type { Services } from "../../../../pipelines/activities/activity";
import type { Azurite } from "../../../azurite";
import { blobFactory, dataset, only, reference } from "../../../blob-factory";

export function testLookup(azurite: () => Azurite): void {
  const csv = dataset("csv", { at: "tables/a.csv", firstRowAsHeader: true });
  const json = dataset("json", { type: "Json", at: "tables/a.json" });
  const datasets = [csv, json];

  const lookup = (typeProperties: object) => ({ name: "lookup", type: "Lookup", typeProperties });
  const found = async (typeProperties: object, more: object = {}) =>
    only(await blobFactory([lookup(typeProperties)], { datasets, blobs: azurite().store, ...more }).run("p"));

  test("the first row is the default, and every value of CSV a string", async () => {
    await azurite().put({ "tables/a.csv": "id,name\n1,x\n2,y\n" });
    const source = { type: "DelimitedTextSource", storeSettings: { type: "AzureBlobStorageReadSettings" } };
    expect((await found({ source, dataset: reference("csv") })).output).toEqual({ firstRow: { id: "1", name: "x" } });
    expect((await found({ source, dataset: reference("CSV"), firstRowOnly: false })).output).toEqual({
      count: 2,
      value: [
        { id: "1", name: "x" },
        { id: "2", name: "y" },
      ],
    });
  });

  test("JSON keeps its types, and objects", async () => {
    await azurite().put({ "tables/a.json": '[{"id": 1, "in": {"flag": true, "list": [1.5, null]}}]' });
    const { output } = await found({ source: { type: "JsonSource" }, dataset: reference("json") });
    expect(output).toEqual({ firstRow: { id: 1, in: { flag: true, list: [1.5, null] } } });
  });

  test("without rows there is no first one, as in the service", async () => {
    await azurite().put({ "tables/a.csv": "id\n" });
    expect((await found({ dataset: reference("csv") })).output).toEqual({});
    expect((await found({ dataset: reference("csv"), firstRowOnly: false })).output).toEqual({ count: 0, value: [] });
  });

  test("there are 5,000 rows at most, and 4 MB", async () => {
    await azurite().put({ "tables/a.csv": `id\n${"1\n".repeat(5_001)}` });
    expect((await found({ dataset: reference("csv"), firstRowOnly: false })).output).toMatchObject({ count: 5_000 });
    await azurite().put({ "tables/a.json": JSON.stringify({ x: "x".repeat(4 * 1024 * 1024) }) });
    expect(await found({ dataset: reference("json") })).toMatchObject({
      errorCode: "2001",
      error: "The length of execution output is over limit (around 4MB currently).",
    });
  });

  test("a dataset gets the parameters of the reference, and reads nothing of the pipeline", async () => {
    await azurite().put({ "days/monday.csv": "id\n7\n" });
    const day = dataset("day", { at: "days/@{dataset().day}.csv", parameters: ["day"], firstRowAsHeader: true });
    const parameters = { day: { value: "@pipeline().parameters.day", type: "Expression" } };
    const lookups = { dataset: reference("day", parameters) };
    expect((await found(lookups, { datasets: [day] })).output).toEqual({ firstRow: { id: "7" } });
    const forbidden = dataset("day", { at: "days/@{pipeline().parameters.day}.csv" });
    expect((await found({ dataset: reference("day") }, { datasets: [forbidden] })).error).toContain(
      'unknown function "pipeline"',
    );
  });

  test("the blobs of a linked service may be elsewhere", async () => {
    await azurite().put({ "tables/a.csv": "id\n1\n" });
    const blobsOf: Services["blobsOf"] = { STORAGE: azurite().store };
    const run = await blobFactory([lookup({ dataset: reference("csv") })], { datasets, blobsOf }).run("p");
    expect(only(run).output).toEqual({ firstRow: { id: "1" } });
  });

  test("a file that is missing fails it in the service's words", async () => {
    const gone = dataset("gone", { at: "tables/gone.csv" });
    expect(await found({ dataset: reference("gone") }, { datasets: [gone] })).toMatchObject({
      errorCode: "2100",
      error: expect.stringContaining("The required Blob is missing. ContainerName: tables, path: gone.csv."),
    });
  });

  const odd = {
    table: dataset("d", { type: "AzureSqlTable", at: "a/b" }),
    setting: dataset("d", { at: "a/b", compressionCodec: "bzip2", rowColor: "red" }),
    binary: dataset("d", { type: "Binary", at: "a/b" }),
    parameter: dataset("d", { at: "a/b", parameters: ["day"] }),
  };

  test.each<[string, object, object, string]>([
    ["a dataset that does not exist", { dataset: reference("x") }, {}, 'uses dataset "x", which does not exist'],
    [
      "another type of dataset",
      { dataset: reference("d") },
      { datasets: [odd.table] },
      'uses dataset "d", which has type "AzureSqlTable", understood are Binary, DelimitedText, Json, Parquet',
    ],
    [
      "settings of a dataset",
      { dataset: reference("d") },
      { datasets: [odd.setting] },
      'uses dataset "d", which typeProperties.compressionCodec: bzip2 is not understood here, only gzip is, typeProperties.rowColor is not understood here',
    ],
    [
      "another linked service",
      { dataset: reference("csv") },
      { linkedServices: [{ name: "storage", properties: { type: "AzureFileStorage" } }] },
      'uses dataset "csv", which is on linked service "storage" of type "AzureFileStorage"',
    ],
    [
      "files without rows",
      { dataset: reference("d") },
      { datasets: [odd.binary] },
      "reads a dataset of type Binary, which has no rows",
    ],
    [
      "parameters of a dataset",
      { dataset: reference("d", { month: 1 }) },
      { datasets: [odd.parameter] },
      'uses dataset "d", which has no parameter "month", needs a value for its parameter "day"',
    ],
    [
      "settings of the source",
      {
        dataset: reference("csv"),
        source: { type: "JsonSource", storeSettings: { recursive: "@concat('x')", sorted: true } },
      },
      {},
      'source.type: is "JsonSource", the dataset needs DelimitedTextSource, source.storeSettings.sorted is not understood here',
    ],
    [
      "a store",
      { dataset: reference("csv") },
      { blobs: undefined },
      "works on blobs, for which the factory has no store",
    ],
  ])("%s that cannot be had here needs a stub", async (_, typeProperties, more, message) => {
    const factory = blobFactory([lookup(typeProperties)], { datasets, blobs: azurite().store, ...more });
    await expect(factory.run("p")).rejects.toThrow(`pipeline "p": activity "lookup": ${message}`);
  });
}
