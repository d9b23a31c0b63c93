import { Readable } from "node:stream";
import { text as wholeText } from "node:stream/consumers";
import { z } from "zod";
import { readJson } from "../../expressions/json-reader";
import { fromJson, isArrayValue, isObjectValue, type ObjectValue } from "../../expressions/value";
import type { Json } from "../../json";
import { cellJson, type Table } from "../cell";
import { compression, compressionOf } from "../compression";
import { DataError } from "../data-error";
import { decoded, encoded, encodingName } from "./encoding";
import type { FormatType, TableFormat } from "./format";

const properties = z.strictObject({ encodingName, compression });
const readSettings = z.strictObject({ type: z.literal("JsonReadSettings").optional() });
const writeSettings = z.strictObject({
  type: z.literal("JsonWriteSettings").optional(),
  filePattern: z.enum(["setOfObjects", "arrayOfObjects"]).default("setOfObjects"),
});

type FilePattern = z.infer<typeof writeSettings>["filePattern"];

/** Files of JSON objects: one or many of them behind each other, or an array. */
export const json: FormatType = {
  type: "Json",
  properties,
  readSettings,
  writeSettings,
  format(written, { write = {} }) {
    const settings = properties.parse(written);
    const { filePattern } = writeSettings.parse(write);
    return {
      compression: compressionOf(settings.compression),
      extension: ".json",
      table: new JsonObjects(settings.encodingName, filePattern),
    };
  },
};

class JsonObjects implements TableFormat {
  constructor(
    private readonly encodingName: string | undefined,
    private readonly filePattern: FilePattern,
  ) {}

  async read(content: Readable, name: string): Promise<Table> {
    const text = await wholeText(Readable.from(decoded(content, this.encodingName)));
    const documents = documentsOf(text, name);
    const names = [...new Set(documents.flatMap(Object.keys))];
    const rows = async function* () {
      for (const document of documents) yield names.map((column) => document[column]);
    };
    return { columns: names.map((column) => ({ name: column, type: undefined })), rows: rows() };
  }

  write({ columns, rows }: Table): Readable {
    const isArray = this.filePattern === "arrayOfObjects";
    const lines = async function* (): AsyncGenerator<string> {
      let isFirst = true;
      for await (const row of rows) {
        const object = cellJson(Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
        yield `${isFirst ? (isArray ? "[" : "") : isArray ? ",\r\n" : "\r\n"}${object}`;
        isFirst = false;
      }
      if (isArray) yield isFirst ? "[]" : "]";
    };
    return Readable.from(encoded(lines(), this.encodingName));
  }
}

function documentsOf(text: string, name: string): readonly ObjectValue[] {
  const values = valueTexts(text).map((part) => {
    try {
      return exactly(part);
    } catch (error) {
      throw invalid(name, error instanceof Error ? error.message : String(error));
    }
  });
  const [only] = values;
  const documents = values.length === 1 && isArrayValue(only) ? only : values;
  return documents.map((document) => {
    if (!isObjectValue(document)) throw invalid(name, "objects are expected");
    return document;
  });
}

function invalid(name: string, why: string): DataError {
  return new DataError("JsonInvalidDataFormat", `Error occurred when deserializing source JSON file '${name}'. ${why}`);
}

/** Reads numbers with all their digits, and keeps 1.0 apart from 1. */
function exactly(text: string): ReturnType<typeof fromJson> {
  const value: Json = JSON.parse(text);
  return /\d{16}|\d\.0|\d[eE]/.test(text) ? readJson(text) : fromJson(value);
}

/** The texts of the values that stand behind each other. */
function valueTexts(text: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  let isInString = false;
  // No pattern for a whole string: one of some MB is more than the stack of a regular expression holds.
  for (const { 0: token, index } of text.matchAll(/\\[^]|["{}[\]]/g)) {
    if (token === '"') isInString = !isInString;
    if (isInString || token === '"' || token.startsWith("\\")) continue;
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    if (depth > 0) continue;
    found.push(text.slice(start, index + 1));
    start = index + 1;
  }
  const rest = text.slice(start);
  return rest.trim() === "" ? found : [...found, rest];
}
