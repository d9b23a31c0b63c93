import { pipeline, Readable } from "node:stream";
import { parse } from "csv-parse";
import { stringify } from "csv-stringify";
import { z } from "zod";
import { flag } from "../../pipelines/activities/properties";
import { type Cell, cellText, type SkipRow, type Table } from "../cell";
import { compressionOf, compressionProperties } from "../compression";
import { DataError } from "../data-error";
import { decoded, encoded, encodingName } from "./encoding";
import type { FormatType, TableFormat } from "./format";

const properties = z
  .strictObject({
    columnDelimiter: z.string().min(1).default(","),
    rowDelimiter: z.string().min(1).optional(),
    quoteChar: z.string().max(1).default('"'),
    escapeChar: z.string().max(1).default("\\"),
    firstRowAsHeader: flag,
    nullValue: z.string().default(""),
    encodingName,
    ...compressionProperties,
  })
  .refine(({ quoteChar, escapeChar }) => quoteChar !== "" || escapeChar === "", {
    path: ["quoteChar"],
    error: "without a quoteChar there is no escapeChar here: both are empty",
  });

const number = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

const readSettings = z.strictObject({
  type: z.literal("DelimitedTextReadSettings").optional(),
  skipLineCount: number.default(0),
});

const writeSettings = z.strictObject({
  type: z.literal("DelimitedTextWriteSettings").optional(),
  quoteAllText: flag,
  fileExtension: z.string().optional(),
});

type Settings = z.infer<typeof properties>;
type TextRow = readonly (string | null)[];

/** CSV and its kin. All columns are strings. */
export const delimitedText: FormatType = {
  type: "DelimitedText",
  properties,
  readSettings,
  writeSettings,
  format(written, { read = {}, write = {} }) {
    const settings = properties.parse(written);
    const { skipLineCount } = readSettings.parse(read);
    const { quoteAllText, fileExtension } = writeSettings.parse(write);
    const { compressionCodec: type, compressionLevel: level } = settings;
    return {
      compression: compressionOf({ type, level }),
      extension: fileExtension,
      table: new DelimitedText(settings, skipLineCount, quoteAllText),
    };
  },
};

class DelimitedText implements TableFormat {
  constructor(
    private readonly settings: Settings,
    private readonly skipLineCount: number,
    private readonly quoteAllText: boolean,
  ) {}

  async read(content: Readable, name: string, skip?: SkipRow): Promise<Table> {
    const { firstRowAsHeader, encodingName: encoding } = this.settings;
    const { parts, hasMark } = await this.scanned(decoded(content, encoding));
    const parser = parse(this.parserOptions(hasMark));
    // Who stops reading ends both.
    pipeline(Readable.from(parts), parser, () => undefined);
    const records = this.records(parser, hasMark);
    const first = await records.next();
    const header = first.done === true ? [] : first.value;
    const columns = firstRowAsHeader ? header.map(columnName) : header.map((_, index) => `Prop_${index}`);
    const rows = async function* (): AsyncGenerator<readonly Cell[]> {
      let row = 1;
      if (!firstRowAsHeader && first.done !== true) yield header;
      for await (const record of records) {
        row += 1;
        if (record.length <= columns.length) yield columns.map((_, index) => record[index] ?? null);
        else {
          const error = moreColumns(name, row, columns.length);
          if (skip === undefined) throw error;
          skip(record, error);
        }
      }
    };
    return { columns: columns.map((column) => ({ name: column, type: "String" })), rows: rows() };
  }

  write({ columns, rows }: Table): Readable {
    const { columnDelimiter, rowDelimiter, quoteChar, escapeChar, firstRowAsHeader, nullValue, encodingName } =
      this.settings;
    const stringifier = stringify({
      delimiter: columnDelimiter,
      record_delimiter: rowDelimiter ?? "\r\n",
      quote: quoteChar === "" ? false : quoteChar,
      escape: escapeChar === "" ? quoteChar : escapeChar,
      quoted: this.quoteAllText,
      // An empty string is told from null by its quotes.
      quoted_match: /^$/,
    });
    const records = async function* (): AsyncGenerator<TextRow> {
      if (firstRowAsHeader) yield columns.map(({ name }) => name);
      for await (const row of rows)
        yield row.map((cell) =>
          cell === undefined || cell === null ? (nullValue === "" ? null : nullValue) : cellText(cell),
        );
    };
    pipeline(Readable.from(records()), stringifier, () => undefined);
    return Readable.from(encoded(texts(stringifier), encodingName));
  }

  /** A text and whether a value in quotes may look like null there: to tell them apart makes reading ten times slower. */
  private async scanned(text: AsyncIterable<string>): Promise<{ parts: readonly string[]; hasMark: boolean }> {
    const { quoteChar, nullValue } = this.settings;
    const mark = quoteChar + nullValue + quoteChar;
    const parts: string[] = [];
    let hasMark = false;
    let tail = "";
    for await (const part of text) {
      parts.push(part);
      hasMark ||= quoteChar !== "" && (tail + part).includes(mark);
      tail = (tail + part).slice(1 - mark.length);
    }
    return { parts, hasMark };
  }

  private parserOptions(tellsQuotes: boolean) {
    const { columnDelimiter, rowDelimiter, quoteChar, escapeChar, nullValue } = this.settings;
    const isNull = (value: string, { quoting }: { readonly quoting: boolean }) =>
      value === nullValue && !quoting ? null : value;
    return {
      delimiter: columnDelimiter,
      record_delimiter: rowDelimiter === undefined ? ["\r\n", "\n", "\r"] : [rowDelimiter],
      quote: quoteChar === "" ? false : quoteChar,
      escape: escapeChar === "" ? null : escapeChar,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      from: this.skipLineCount + 1,
      ...(tellsQuotes && { cast: isNull }),
    };
  }

  private async *records(parser: AsyncIterable<TextRow>, tellsQuotes: boolean): AsyncGenerator<TextRow> {
    try {
      const { nullValue } = this.settings;
      for await (const record of parser)
        yield tellsQuotes ? record : record.map((value) => (value === nullValue ? null : value));
    } catch (error) {
      if (error instanceof DataError) throw error;
      throw new DataError("DelimitedTextBadDataDetected", error instanceof Error ? error.message : String(error));
    }
  }
}

function moreColumns(name: string, row: number, expected: number): DataError {
  return new DataError(
    "DelimitedTextMoreColumnsThanDefined",
    `Error found when processing 'Csv/Tsv Format Text' source '${name}' with row number ${row}: found more columns than expected column count ${expected}.`,
  );
}

function columnName(cell: Cell, index: number): string {
  if (typeof cell === "string" && cell !== "") return cell;
  throw new DataError(
    "DelimitedTextColumnNameNotAllowNull",
    `The name of column index ${index} is empty. Make sure column name is properly specified in the header row.`,
  );
}

async function* texts(chunks: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const chunk of chunks) yield String(chunk);
}
