import { type Cell, cellText, type ColumnType, isComplex } from "./cell";
import { DataError } from "./data-error";

/** A value as another type of column. Throws a {@link DataError} where it is none of its values. */
export function converted(cell: Cell, type: ColumnType, column: string): Cell {
  if (cell === undefined || cell === null) return cell;
  const result = isComplex(cell) ? undefined : convert(cell, type);
  if (result === undefined || (typeof result === "number" && Number.isNaN(result)))
    throw new DataError(
      "TypeConversionFailure",
      `Exception occurred when converting value '${cellText(cell)}' for column name '${column}' to type '${type}'.`,
    );
  return result;
}

const LIMITS: Readonly<Partial<Record<ColumnType, number>>> = { Int16: 16, Int32: 32, Int64: 64 };

function convert(cell: Exclude<Cell, undefined | null>, type: ColumnType): Cell {
  const bits = LIMITS[type];
  if (bits !== undefined) return integer(cell, bits);
  switch (type) {
    case "String":
      return cellText(cell);
    case "Boolean":
      return boolean(cell);
    case "Double":
    case "Single":
      if (typeof cell === "string") return number(cell);
      return typeof cell === "number" || typeof cell === "bigint" || typeof cell === "boolean"
        ? Number(cell)
        : undefined;
    case "DateTime":
      return date(cell);
    default:
      return type === "Byte[]" && cell instanceof Uint8Array ? cell : undefined;
  }
}

function integer(cell: Cell, bits: number): bigint | undefined {
  const value = whole(cell);
  return value === undefined || BigInt.asIntN(bits, value) !== value ? undefined : value;
}

function whole(cell: Cell): bigint | undefined {
  if (typeof cell === "bigint" || typeof cell === "boolean") return BigInt(cell);
  if (typeof cell === "number") return Number.isInteger(cell) ? BigInt(cell) : undefined;
  if (typeof cell !== "string" || !/^\s*[-+]?\d+\s*$/.test(cell)) return undefined;
  return BigInt(cell.trim().replace(/^\+/, ""));
}

function number(text: string): number {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
}

function boolean(cell: Cell): boolean | undefined {
  if (typeof cell === "boolean") return cell;
  if (typeof cell === "bigint" || typeof cell === "number") return Number(cell) !== 0;
  return typeof cell === "string" && /^\s*(true|false)\s*$/i.test(cell) ? /true/i.test(cell) : undefined;
}

/** ISO 8601, also with a blank in the place of `T`; without an offset in UTC. */
function date(cell: Cell): Date | undefined {
  if (cell instanceof Date) return cell;
  const found =
    typeof cell === "string"
      ? /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3}0*)?)?)(Z|[-+]\d\d:\d\d)?)?$/.exec(cell.trim())
      : null;
  if (found === null) return undefined;
  const [, day = "", time = "00:00", offset = "Z"] = found;
  const result = new Date(`${day}T${time}${offset}`);
  if (Number.isNaN(result.getTime())) return undefined;
  // A day that does not exist became another one.
  return new Date(`${day}T00:00Z`).toISOString().startsWith(day) ? result : undefined;
}
