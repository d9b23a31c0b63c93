import type { ColumnSource } from "hyparquet-writer" with { "resolution-mode": "import" };
import type { Cell, Column, ColumnType } from "../cell";
import { DataError } from "../data-error";

/** Characters that names of columns in Parquet files cannot have in the service. */
const FORBIDDEN = /[ ,;{}()\n\t=]/;

const TYPES: Readonly<Record<Exclude<ColumnType, "Decimal">, NonNullable<ColumnSource["type"]>>> = {
  Boolean: "BOOLEAN",
  "Byte[]": "BYTE_ARRAY",
  DateTime: "TIMESTAMP",
  Double: "DOUBLE",
  Int16: "INT32",
  Int32: "INT32",
  Int64: "INT64",
  Single: "FLOAT",
  String: "STRING",
};

/** Rows as columns of a Parquet file; where a column has no type, its values tell it. */
export function columnDataOf(columns: readonly Column[], rows: readonly (readonly Cell[])[]): ColumnSource[] {
  return columns.map(({ name, type: given }, index) => {
    if (FORBIDDEN.test(name))
      throw new DataError(
        "ParquetInvalidColumnName",
        `The column name is invalid. Column name '${name}' cannot contain these character:[,;{}()\\n\\t=] or white space.`,
      );
    const cells = rows.map((row) => row[index] ?? null);
    const type = given ?? inferred(name, cells);
    if (type === "Decimal")
      throw new DataError("ParquetNotSupportedType", `Column ${name}: Decimal is not written here.`);
    return { name, type: TYPES[type], nullable: true, data: cells.map((cell) => stored(cell, type)) };
  });
}

function inferred(name: string, cells: readonly Cell[]): ColumnType {
  const types = new Set(cells.filter((cell) => cell !== null).map(typeOfCell));
  const [only = "String", ...others] = types;
  if (others.length === 0) return only;
  if (types.size === 2 && types.has("Int64") && types.has("Double")) return "Double";
  throw new DataError("UserErrorTypeMismatch", `Column ${name} has values of the types ${[...types].join(", ")}.`);
}

function typeOfCell(cell: Cell): ColumnType {
  if (typeof cell === "boolean") return "Boolean";
  if (typeof cell === "bigint") return "Int64";
  if (typeof cell === "number") return "Double";
  if (cell instanceof Date) return "DateTime";
  return cell instanceof Uint8Array ? "Byte[]" : "String";
}

function stored(cell: Cell, type: ColumnType): Cell {
  if (typeof cell === "bigint" && type !== "Int64") return Number(cell);
  return cell;
}
