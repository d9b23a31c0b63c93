import { floatToText } from "../expressions/value";
import type { Json } from "../json";
import type { DataError } from "./data-error";

/** A value of a table. Integers are `bigint` and floating point is `number`, as in expressions; `undefined`: the row does not have it. */
export type Cell =
  | undefined
  | null
  | boolean
  | bigint
  | number
  | string
  | Date
  | Uint8Array
  | readonly Cell[]
  | { readonly [name: string]: Cell };

/** The service's names for what a column holds. */
export type ColumnType =
  "Boolean" | "Byte[]" | "DateTime" | "Decimal" | "Double" | "Int16" | "Int32" | "Int64" | "Single" | "String";

export interface Column {
  readonly name: string;
  /** `undefined`: each value has its own, as in JSON. */
  readonly type: ColumnType | undefined;
}

/** Rows of one file, to be read once. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: AsyncIterable<readonly Cell[]>;
}

/** Is told of a row that cannot be copied and is left out. */
export type SkipRow = (row: readonly Cell[], error: DataError) => void;

/** An object or an array of JSON. */
export function isComplex(cell: Cell): cell is readonly Cell[] | { readonly [name: string]: Cell } {
  return typeof cell === "object" && cell !== null && !(cell instanceof Date) && !(cell instanceof Uint8Array);
}

export function isList(cell: Cell): cell is readonly Cell[] {
  return Array.isArray(cell);
}

/** A value as text of a file without types: as .NET writes it, dates with seven decimals. */
export function cellText(cell: Exclude<Cell, undefined | null>): string {
  if (typeof cell === "string") return cell;
  if (typeof cell === "boolean") return cell ? "True" : "False";
  if (typeof cell === "bigint") return String(cell);
  if (typeof cell === "number") return floatToText(cell);
  if (cell instanceof Date) return `${cell.toISOString().slice(0, 23).replace("T", " ")}0000`;
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString("base64");
  return cellJson(cell);
}

/** A value as JSON, with all the digits of its numbers. */
export function cellJson(cell: Cell): string {
  if (cell === undefined || cell === null) return "null";
  if (typeof cell === "bigint") return String(cell);
  if (typeof cell === "number") return floatJson(cell);
  if (cell instanceof Date) return JSON.stringify(isoText(cell));
  if (cell instanceof Uint8Array) return JSON.stringify(Buffer.from(cell).toString("base64"));
  if (isList(cell)) return `[${cell.map(cellJson).join(",")}]`;
  if (!isComplex(cell)) return JSON.stringify(cell);
  const properties = Object.entries(cell).filter(([, value]) => value !== undefined);
  return `{${properties.map(([name, value]) => `${JSON.stringify(name)}:${cellJson(value)}`).join(",")}}`;
}

/** A value as an expression reads it. */
export function cellValue(cell: Cell): Json {
  if (cell === undefined) return null;
  if (typeof cell === "bigint") return String(Number(cell)) === String(cell) ? Number(cell) : String(cell);
  if (cell instanceof Date) return isoText(cell);
  if (cell instanceof Uint8Array) throw new Error("columns of type Byte[] are not supported");
  if (isList(cell)) return cell.map(cellValue);
  if (!isComplex(cell)) return cell;
  return Object.fromEntries(Object.entries(cell).map(([name, value]) => [name, cellValue(value)]));
}

function floatJson(value: number): string {
  if (!Number.isFinite(value)) return JSON.stringify(floatToText(value));
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Fractions of a second only where there are some. */
function isoText(date: Date): string {
  return date.toISOString().replace(/\.?0*Z$/, "Z");
}
