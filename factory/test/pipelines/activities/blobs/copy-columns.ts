import type { Azurite } from "../../../azurite";
import { blobFactory, copy, dataset, only } from "../../../blob-factory";
import { copying, csv, json, jsonSink, linesOf, parquet, sink, source, store } from "./copied";

export function testCopyColumns(azurite: () => Azurite): void {
  const copied = copying(azurite);
  const adding = (...additionalColumns: readonly object[]) => ({ ...source, additionalColumns });
  const path = { name: "from", value: "$$FILEPATH" };

  test("columns are added behind those of the file: a value, an expression, another column, the file's path", async () => {
    await azurite().put({ "columns/in/a.csv": "id\n1\n2\n" });
    const expression = { value: "@concat(pipeline().Pipeline, '-', pipeline().parameters.day)", type: "Expression" };
    const read = adding(
      { name: "plant", value: "north" },
      { name: "run", value: expression },
      { name: "again", value: "$$COLUMN:id" },
      path,
      { name: "none", value: "@null" },
    );
    const run = await copied({ at: "columns/in/a.csv", ...csv }, { at: "columns/out.csv", ...csv }, { source: read });
    expect(run).toMatchObject({ status: "Succeeded" });
    expect(await azurite().text("columns/out.csv")).toBe(
      "id,plant,run,again,from,none\r\n1,north,p-monday,1,a.csv,\r\n2,north,p-monday,2,a.csv,\r\n",
    );
  });

  test("a file's path is relative to the folder of its dataset, also where files are merged", async () => {
    await azurite().put({ "paths/in/a.csv": "id\n1\n", "paths/in/deep/b.csv": "id\n2\n" });
    const merging = { ...sink, storeSettings: { type: "AzureBlobStorageWriteSettings", copyBehavior: "MergeFiles" } };
    await copied({ at: "paths/in/", ...csv }, { at: "paths/out.csv", ...csv }, { source: adding(path), sink: merging });
    expect(await azurite().text("paths/out.csv")).toBe("id,from\r\n1,a.csv\r\n2,deep/b.csv\r\n");
  });

  test("a mapping takes added columns as it takes the others, and leaves them out", async () => {
    await azurite().put({ "mapped/in.json": '{"id": 1, "in": {"x": "y"}}' });
    const read = {
      type: "JsonSource",
      storeSettings: store,
      additionalColumns: [path, { name: "left", value: "out" }],
    };
    const side = (name: string, sourcePath: string) => ({ source: { path: sourcePath }, sink: { name } });
    const translator = { type: "TabularTranslator", mappings: [side("x", "$['in']['x']"), side("file", "$['from']")] };
    await copied({ ...json, at: "mapped/in.json" }, { at: "mapped/out.csv", ...csv }, { source: read, translator });
    expect(await azurite().text("mapped/out.csv")).toBe("x,file\r\ny,in.json\r\n");
  });

  test("a copied column keeps its type, and what is added is text", async () => {
    await azurite().put({ "kept/in.json": '{"id": 1}' });
    await copied(
      { ...json, at: "kept/in.json" },
      { ...parquet, at: "kept/a.parquet" },
      { source: { type: "JsonSource" }, sink: { type: "ParquetSink" } },
    );
    const additionalColumns = [
      { name: "again", value: "$$COLUMN:id" },
      { name: "seven", value: 7 },
    ];
    await copied(
      { ...parquet, at: "kept/a.parquet" },
      { ...json, at: "kept/out.json" },
      { source: { type: "ParquetSource", additionalColumns }, sink: jsonSink },
    );
    expect(await linesOf(azurite(), "kept/out.json")).toEqual([{ id: 1, again: 1, seven: "7" }]);
  });

  test.each([
    [{ name: "x", value: "$$COLUMN:idd" }, "Column 'idd' of the additional column 'x' cannot be found"],
    [{ name: "id", value: "1" }, "The additional column 'id' is in the source already."],
  ])("%j fails it", async (column, message) => {
    await azurite().put({ "bad/in.csv": "id\n1\n" });
    const run = await copied({ at: "bad/in.csv", ...csv }, { at: "bad/out.csv", ...csv }, { source: adding(column) });
    expect(run).toMatchObject({ status: "Failed", errorCode: "2200" });
    expect(run.error).toContain(message);
  });

  test("all of them may come from an expression", async () => {
    await azurite().put({ "whole/in.csv": "id\n1\n" });
    const additionalColumns = { value: `@json('[{"name": "day", "value": "$$FILEPATH"}]')`, type: "Expression" };
    const datasets = [dataset("from", { at: "whole/in.csv", ...csv }), dataset("to", { at: "whole/out.csv", ...csv })];
    const factory = blobFactory([copy({ ...source, additionalColumns }, sink)], { datasets, blobs: azurite().store });
    expect(only(await factory.run("p"))).toMatchObject({ status: "Succeeded" });
    expect(await azurite().text("whole/out.csv")).toBe("id,day\r\n1,in.csv\r\n");
  });
}
