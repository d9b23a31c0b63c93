import { gunzipSync, gzipSync } from "node:zlib";
import type { Azurite } from "../../../azurite";
import { blobFactory, copy, dataset, type DatasetProps, only } from "../../../blob-factory";

export function testCopy(azurite: () => Azurite): void {
  const csv = { firstRowAsHeader: true };
  const store = { type: "AzureBlobStorageReadSettings", recursive: true };
  const source = { type: "DelimitedTextSource", storeSettings: store };
  const sink = { type: "DelimitedTextSink" };
  const jsonSink = { type: "JsonSink" };
  const json = { type: "Json" };
  const parquet = { type: "Parquet" };

  /** Copies from one dataset to the other. */
  async function copied(
    from: DatasetProps,
    to: DatasetProps,
    more: { readonly source?: object; readonly sink?: object; readonly [setting: string]: unknown } = {},
  ) {
    const { source: read = source, sink: written = sink, ...settings } = more;
    const datasets = [dataset("from", from), dataset("to", to)];
    return only(await blobFactory([copy(read, written, settings)], { datasets, blobs: azurite().store }).run("p"));
  }

  const lines = async (path: string): Promise<readonly unknown[]> =>
    (await azurite().text(path)).split("\r\n").map((line): unknown => JSON.parse(line));

  test("what it did is told in the service's shape", async () => {
    await azurite().put({ "told/in.csv": "id\n1\n2\n" });
    const { output } = await copied({ at: "told/in.csv", ...csv }, { at: "told/out.csv", ...csv });
    expect(output).toMatchObject({
      dataRead: 7,
      dataWritten: 10,
      filesRead: 1,
      filesWritten: 1,
      rowsRead: 2,
      rowsCopied: 2,
      copyDuration: 1,
      throughput: 0.007,
      executionDetails: [{ source: { type: "AzureBlobStorage" }, status: "Succeeded" }],
    });
  });

  test("the values of CSV are strings; what is empty is null unless it is quoted", async () => {
    await azurite().put({ "strings/in.csv": 'id,name\r\n1,"x, ""y"""\r\n2,\r\n3,""\r\n' });
    const run = await copied(
      { at: "strings/in.csv", ...csv, escapeChar: '"' },
      { ...json, at: "strings/out.json" },
      { sink: { ...jsonSink, formatSettings: { type: "JsonWriteSettings", filePattern: "arrayOfObjects" } } },
    );
    expect(run).toMatchObject({ status: "Succeeded" });
    expect(JSON.parse(await azurite().text("strings/out.json"))).toEqual([
      { id: "1", name: 'x, "y"' },
      { id: "2", name: null },
      { id: "3", name: "" },
    ]);
  });

  test("settings of both datasets are followed: delimiters, quotes, null, encoding, lines to skip, gzip", async () => {
    await azurite().put({ "settings/in.txt.gz": gzipSync(Buffer.from("made by x\n1;NULL;'\\'ä'\n", "latin1")) });
    const run = await copied(
      {
        at: "settings/in.txt.gz",
        columnDelimiter: ";",
        quoteChar: "'",
        nullValue: "NULL",
        encodingName: "ISO-8859-1",
        compressionCodec: "gzip",
      },
      { at: "settings/out.csv.gz", rowDelimiter: "\n", compressionCodec: "gzip" },
      {
        source: { ...source, formatSettings: { type: "DelimitedTextReadSettings", skipLineCount: 1 } },
        sink: { ...sink, formatSettings: { type: "DelimitedTextWriteSettings", quoteAllText: true } },
      },
    );
    expect(run).toMatchObject({ status: "Succeeded" });
    expect(gunzipSync(await azurite().bytes("settings/out.csv.gz")).toString()).toBe(`"1",,"'ä"\n`);
  });

  test("null has its own text, but not between quotes", async () => {
    await azurite().put({ "nulls/in.csv": 'a,b\nNULL,1\n"NULL",2\n', "nulls/plain.csv": "a,b\nNULL,1\n" });
    for (const name of ["in", "plain"])
      await copied(
        { at: `nulls/${name}.csv`, ...csv, nullValue: "NULL" },
        { ...json, at: `nulls/${name}.json` },
        { sink: jsonSink },
      );
    expect(await lines("nulls/in.json")).toEqual([
      { a: null, b: "1" },
      { a: "NULL", b: "2" },
    ]);
    expect(await lines("nulls/plain.json")).toEqual([{ a: null, b: "1" }]);
  });

  test("without a header columns have the service's names", async () => {
    await azurite().put({ "bare/in.csv": "a,b\n" });
    await copied({ at: "bare/in.csv" }, { ...json, at: "bare/out.json" }, { sink: jsonSink });
    expect(await lines("bare/out.json")).toEqual([{ Prop_0: "a", Prop_1: "b" }]);
  });

  test("a row of CSV with more columns than its header fails it, in the service's words", async () => {
    await azurite().put({ "uneven/in.csv": "a,b\n1,2,3\n" });
    const run = await copied({ at: "uneven/in.csv", ...csv }, { at: "uneven/out.csv", ...csv });
    expect(run).toMatchObject({ errorCode: "2200", failureType: "UserError" });
    expect(run.error).toContain(
      "ErrorCode=DelimitedTextMoreColumnsThanDefined,'Type=Microsoft.DataTransfer.Common.Shared.HybridDeliveryException,Message=Error found when processing 'Csv/Tsv Format Text' source 'in.csv' with row number 2: found more columns than expected column count 2.",
    );
  });

  test("a row of CSV with fewer columns than its header has null in their place; no row at all is a header", async () => {
    await azurite().put({ "fewer/in.csv": "a,b\n1\n", "fewer/none.csv": "a,b\n" });
    await copied({ at: "fewer/in.csv", ...csv }, { ...json, at: "fewer/out.json" }, { sink: jsonSink });
    expect(await lines("fewer/out.json")).toEqual([{ a: "1", b: null }]);
    await copied({ at: "fewer/none.csv", ...csv }, { at: "fewer/out.csv", ...csv });
    expect(await azurite().text("fewer/out.csv")).toBe("a,b\r\n");
  });

  test("JSON keeps what is inside objects, and all digits", async () => {
    await azurite().put({
      "exact/in.json": '{"id": 9007199254740993, "x": 1.0, "in": {"a": [1, "}"]}}\n{"id": 2, "y": null}',
    });
    await copied(
      { ...json, at: "exact/in.json" },
      { ...json, at: "exact/out.json" },
      { source: { type: "JsonSource" }, sink: jsonSink },
    );
    expect(await azurite().text("exact/out.json")).toBe(
      '{"id":9007199254740993,"x":1.0,"in":{"a":[1,"}"]}}\r\n{"id":2,"y":null}',
    );
  });

  test("Parquet has the types of JSON's values, and gives them to CSV as .NET writes them", async () => {
    await azurite().put({
      "types/in.json": '[{"i": 3, "d": 0.5, "b": true, "s": "x"}, {"i": null, "d": 2, "b": false, "s": "y"}]',
    });
    await copied(
      { ...json, at: "types/in.json" },
      { ...parquet, at: "types/a.parquet" },
      { source: { type: "JsonSource" }, sink: { type: "ParquetSink" } },
    );
    const run = await copied(
      { ...parquet, at: "types/a.parquet" },
      { at: "types/out.csv", ...csv },
      { source: { type: "ParquetSource" } },
    );
    expect(run).toMatchObject({ status: "Succeeded" });
    expect(await azurite().text("types/out.csv")).toBe("i,d,b,s\r\n3,0.5,True,x\r\n,2,False,y\r\n");
  });

  test("a mapping renames, leaves out, orders and converts columns", async () => {
    await azurite().put({ "map/in.csv": "id,name,at\n1,x,2015-01-01 06:00:00\n" });
    const side = (name: string, type?: string) => ({ name, type, physicalType: "UTF8" });
    const translator = {
      type: "TabularTranslator",
      mappings: [
        { source: side("at", "String"), sink: side("time", "DateTime") },
        { source: side("id"), sink: side("number", "Int32") },
      ],
      typeConversion: true,
      typeConversionSettings: { allowDataTruncation: true, treatBooleanAsNumber: false },
    };
    await copied(
      { at: "map/in.csv", ...csv },
      { ...parquet, at: "map/a.parquet" },
      { sink: { type: "ParquetSink" }, translator },
    );
    await copied(
      { ...parquet, at: "map/a.parquet" },
      { ...json, at: "map/out.json" },
      { source: { type: "ParquetSource" }, sink: jsonSink },
    );
    expect(await lines("map/out.json")).toEqual([{ time: "2015-01-01T06:00:00Z", number: 1 }]);
  });

  test("a value that is none of its type fails it", async () => {
    await azurite().put({ "wrong/in.csv": "id\nx\n" });
    const translator = {
      type: "TabularTranslator",
      mappings: [{ source: { name: "id" }, sink: { name: "id", type: "Int32" } }],
    };
    const run = await copied(
      { at: "wrong/in.csv", ...csv },
      { ...parquet, at: "wrong/a.parquet" },
      { sink: { type: "ParquetSink" }, translator },
    );
    expect(run.error).toContain("ErrorCode=TypeConversionFailure");
    expect(run.error).toContain("value 'x' for column name 'id' to type 'Int32'");
    expect(await azurite().names("wrong")).toEqual(["in.csv"]);
  });

  test("the items of a collection become rows, with what is around them", async () => {
    const document = { number: "01", orders: [{ prod: "p1", price: 23 }, { prod: "p2" }], city: [{ name: "Seattle" }] };
    await azurite().put({ "items/in.json": JSON.stringify(document) });
    const mapping = (path: string, name: string) => ({ source: { path }, sink: { name } });
    const translator = {
      type: "TabularTranslator",
      mappings: [
        mapping("$['number']", "orderNumber"),
        mapping("['prod']", "order_pd"),
        mapping("['price']", "order_price"),
        mapping("$['city'][0]['name']", "city"),
      ],
      collectionReference: "$['orders']",
    };
    await copied(
      { ...json, at: "items/in.json" },
      { at: "items/out.csv", ...csv },
      { source: { type: "JsonSource" }, translator },
    );
    expect(await azurite().text("items/out.csv")).toBe(
      "orderNumber,order_pd,order_price,city\r\n01,p1,23,Seattle\r\n01,p2,,Seattle\r\n",
    );
  });

  test("columns become properties inside objects", async () => {
    await azurite().put({ "inside/in.csv": "a,b\n1,2\n" });
    const mapping = (name: string, path: string) => ({ source: { name }, sink: { path } });
    const translator = {
      type: "TabularTranslator",
      mappings: [mapping("a", "$['x']['a']"), mapping("b", "$['x']['b']")],
    };
    await copied({ at: "inside/in.csv", ...csv }, { ...json, at: "inside/out.json" }, { sink: jsonSink, translator });
    expect(await lines("inside/out.json")).toEqual([{ x: { a: "1", b: "2" } }]);
  });

  test("objects have no place in a table, unless the mapping makes text of them", async () => {
    await azurite().put({ "complex/in.json": '{"a": {"b": 1}}' });
    const into = (translator?: object) =>
      copied(
        { ...json, at: "complex/in.json" },
        { at: "complex/out.csv", ...csv },
        { source: { type: "JsonSource" }, translator },
      );
    expect((await into()).error).toContain("Column 'a' holds objects or arrays");
    await into({ type: "TabularTranslator", mapComplexValuesToString: true });
    expect(await azurite().text("complex/out.csv")).toBe('a\r\n"{\\"b\\":1}"\r\n');
  });

  describe("folders", () => {
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
      [
        "by their folders",
        { wildcardFolderPath: "i*/s?b", wildcardFileName: "*" },
        ["x/in/sub/2.csv", "x/in/sub/3.txt"],
      ],
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
  });
}
