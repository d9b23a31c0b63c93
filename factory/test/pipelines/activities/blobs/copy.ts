import { gunzipSync, gzipSync } from "node:zlib";
import type { Azurite } from "../../../azurite";
import { copying, csv, json, jsonSink, linesOf, parquet, sink, source } from "./copied";

export function testCopy(azurite: () => Azurite): void {
  const copied = copying(azurite);

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
    expect(await linesOf(azurite(), "nulls/in.json")).toEqual([
      { a: null, b: "1" },
      { a: "NULL", b: "2" },
    ]);
    expect(await linesOf(azurite(), "nulls/plain.json")).toEqual([{ a: null, b: "1" }]);
  });

  test("without a header columns have the service's names", async () => {
    await azurite().put({ "bare/in.csv": "a,b\n" });
    await copied({ at: "bare/in.csv" }, { ...json, at: "bare/out.json" }, { sink: jsonSink });
    expect(await linesOf(azurite(), "bare/out.json")).toEqual([{ Prop_0: "a", Prop_1: "b" }]);
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
    expect(await linesOf(azurite(), "fewer/out.json")).toEqual([{ a: "1", b: null }]);
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
}
