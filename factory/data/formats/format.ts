import type { Readable } from "node:stream";
import type { z } from "zod";
import type { Json, JsonObject } from "../../json";
import type { SkipRow, Table } from "../cell";
import type { Compression } from "../compression";

/** How a dataset's files hold tables, with all its settings. */
export interface TableFormat {
  /** Reads the rows of one file; `name` is for messages. A row that does not fit is an error, unless `skip` takes it. */
  read(content: Readable, name: string, skip?: SkipRow): Promise<Table>;
  /** The bytes of one file. */
  write(table: Table): Readable;
}

/** A dataset's settings, evaluated. */
export interface FileFormat {
  /** Of the bytes around the format; Parquet compresses by itself. */
  readonly compression: Compression | undefined;
  /** How names of files that are made end, without the compression; `undefined` where a file keeps its own. */
  readonly extension: string | undefined;
  /** Absent for Binary. */
  readonly table?: TableFormat;
}

/** What the activity says about the format beside the dataset. */
export interface ActivitySettings {
  readonly read: Json | undefined;
  readonly write: Json | undefined;
}

/** One of the dataset types whose files are read and written here. */
export interface FormatType {
  readonly type: "Binary" | "DelimitedText" | "Json" | "Parquet";
  /** Of `typeProperties` of the dataset, besides its location. */
  readonly properties: z.ZodType<object>;
  readonly readSettings: z.ZodType<object>;
  readonly writeSettings: z.ZodType<object>;
  /** Reads evaluated settings. Throws a `ZodError`. */
  format(properties: JsonObject, settings: ActivitySettings): FileFormat;
}
