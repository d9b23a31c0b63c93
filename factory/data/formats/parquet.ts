import { Readable } from "node:stream";
import { arrayBuffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import type { SchemaElement } from "hyparquet" with { "resolution-mode": "import" };
import { z } from "zod";
import type { Cell, Column, ColumnType, Table } from "../cell";
import { DataError } from "../data-error";
import type { FormatType, TableFormat } from "./format";
import { columnDataOf } from "./parquet-columns";

const CODECS = { snappy: "SNAPPY", gzip: "GZIP", none: "UNCOMPRESSED" } as const;
const MICROSECONDS = "Times finer than a millisecond are not read here.";

const properties = z.strictObject({
  compressionCodec: z
    .string()
    .toLowerCase()
    .pipe(z.enum(["snappy", "gzip", "none"]))
    .default("snappy"),
  compressionLevel: z.unknown().optional(),
});

const ignored = { type: z.unknown().optional() };

/** Parquet files with simple columns. */
export const parquet: FormatType = {
  type: "Parquet",
  properties,
  readSettings: z.strictObject(ignored),
  writeSettings: z.strictObject(ignored),
  format: (written) => ({
    compression: undefined,
    extension: ".parquet",
    table: new ParquetFile(properties.parse(written).compressionCodec),
  }),
};

class ParquetFile implements TableFormat {
  constructor(private readonly codec: keyof typeof CODECS) {}

  async read(content: Readable, name: string): Promise<Table> {
    const { parquetMetadata, parquetReadObjects, parquetSchema } = await import("hyparquet");
    const file = await arrayBuffer(content);
    const metadata = await understood(name, () => parquetMetadata(file));
    const columns = parquetSchema(metadata).children.map(({ element }) => columnOf(element, name));
    const options = {
      file,
      metadata,
      utf8: false,
      compressors: {
        GZIP: (input: Uint8Array) => gunzipSync(input),
        BROTLI: (input: Uint8Array) => brotliDecompressSync(input),
      },
      parsers: {
        timestampFromMicroseconds: (micros: bigint) => wholeMilliseconds(micros, 1_000n),
        timestampFromNanoseconds: (nanos: bigint) => wholeMilliseconds(nanos, 1_000_000n),
      },
    };
    const rows = async function* (): AsyncGenerator<readonly Cell[]> {
      let rowStart = 0;
      for (const { num_rows } of metadata.row_groups) {
        const rowEnd = rowStart + Number(num_rows);
        const group = await understood(name, () => parquetReadObjects({ ...options, rowStart, rowEnd }));
        for (const row of group) yield columns.map((column) => cellOf(row[column.name], column.type));
        rowStart = rowEnd;
      }
    };
    return { columns, rows: rows() };
  }

  write({ columns, rows }: Table): Readable {
    const codec = CODECS[this.codec];
    const bytes = async function* (): AsyncGenerator<Buffer> {
      const { parquetWriteBuffer } = await import("hyparquet-writer");
      const columnData = columnDataOf(columns, await collected(rows));
      yield Buffer.from(parquetWriteBuffer({ columnData, codec, compressors: { GZIP: (input) => gzipSync(input) } }));
    };
    return Readable.from(bytes());
  }
}

async function collected(rows: AsyncIterable<readonly Cell[]>): Promise<readonly (readonly Cell[])[]> {
  const all: (readonly Cell[])[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** What the library cannot read is the file's fault, and names it. */
async function understood<T>(name: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DataError("ParquetBadDataDetected", `Parquet file '${name}' cannot be read. ${why}`);
  }
}

function wholeMilliseconds(value: bigint, unit: bigint): Date {
  if (value % unit !== 0n) throw new Error(MICROSECONDS);
  return new Date(Number(value / unit));
}

function columnOf(element: SchemaElement, file: string): Column {
  const { name, type = "group", converted_type, logical_type, repetition_type } = element;
  const annotation = converted_type ?? logical_type?.type;
  const found = repetition_type === "REPEATED" ? undefined : typeOf(type, annotation);
  if (found === undefined)
    throw new DataError(
      "ParquetNotSupportedType",
      `Column ${name} of '${file}' has type ${[type, annotation].filter(Boolean).join(" ")}, which is not read here.`,
    );
  return { name, type: found };
}

function typeOf(type: string, annotation: string | undefined): ColumnType | undefined {
  if (annotation === undefined) return PLAIN[type];
  if (type === "BYTE_ARRAY" && /^(UTF8|STRING|ENUM)$/.test(annotation)) return "String";
  if (type === "INT32" && /^(INT_8|INT_16)$/.test(annotation)) return "Int16";
  if (type === "INT32" && annotation === "INT_32") return "Int32";
  if (type === "INT64" && annotation === "INT_64") return "Int64";
  return annotation === "DATE" || annotation.startsWith("TIMESTAMP") ? "DateTime" : undefined;
}

const PLAIN: Readonly<Record<string, ColumnType>> = {
  BOOLEAN: "Boolean",
  INT32: "Int32",
  INT64: "Int64",
  INT96: "DateTime",
  FLOAT: "Single",
  DOUBLE: "Double",
  BYTE_ARRAY: "Byte[]",
};

const plain = z.union([z.boolean(), z.bigint(), z.number(), z.string(), z.instanceof(Date), z.instanceof(Uint8Array)]);

function cellOf(value: unknown, type: ColumnType | undefined): Cell {
  if (value === null || value === undefined) return null;
  const cell = plain.parse(value);
  if (typeof cell !== "number") return cell;
  if (type === "Single") return shortest(cell);
  return type === "Double" ? cell : BigInt(cell);
}

/** The shortest number that is the same in single precision. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return value;
}
