import type { Azurite } from "../../../azurite";
import { copying, csv, json, jsonSink, linesOf, parquet } from "./copied";

export function testCopyMapping(azurite: () => Azurite): void {
  const copied = copying(azurite);

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
    expect(await linesOf(azurite(), "map/out.json")).toEqual([{ time: "2015-01-01T06:00:00Z", number: 1 }]);
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
    expect(await linesOf(azurite(), "inside/out.json")).toEqual([{ x: { a: "1", b: "2" } }]);
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
}
