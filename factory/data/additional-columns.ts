import { z } from "zod";
import { asText, json, type Json } from "../json";
import type { Cell, Column, Table } from "./cell";
import { DataError } from "./data-error";

const PATH = "$$FILEPATH";
const COLUMN = "$$COLUMN:";

/** What a Copy adds to each row of its source: the file's path, another column, or a value. */
export const additionalColumns = z
  .array(z.strictObject({ name: z.string().min(1), value: json.optional() }))
  .optional();

export type AdditionalColumns = NonNullable<z.output<typeof additionalColumns>>;

/** The table of one file with more columns behind its own; `path` is the file's, from the folder of the dataset. */
export function withColumns(table: Table, added: AdditionalColumns, path: string): Table {
  if (added.length === 0) return table;
  const { columns } = table;
  const more = added.map(({ name, value }) => {
    if (columns.some((column) => column.name === name))
      throw new DataError("UserErrorDuplicateColumnName", `The additional column '${name}' is in the source already.`);
    return addedColumn(name, value, columns, path);
  });
  const rows = async function* (): AsyncGenerator<readonly Cell[]> {
    for await (const row of table.rows) yield [...row, ...more.map(({ read }) => read(row))];
  };
  return { columns: [...columns, ...more.map(({ column }) => column)], rows: rows() };
}

interface Added {
  readonly column: Column;
  readonly read: (row: readonly Cell[]) => Cell;
}

function addedColumn(name: string, value: Json | undefined, columns: readonly Column[], path: string): Added {
  const text = value === undefined || value === null ? null : asText(value);
  if (text?.startsWith(COLUMN) !== true) {
    const cell = text === PATH ? path : text;
    return { column: { name, type: "String" }, read: () => cell };
  }
  const wanted = text.slice(COLUMN.length);
  const index = columns.findIndex((column) => column.name === wanted);
  const copied = columns[index];
  // Of objects each has its own columns.
  if (copied === undefined && columns.some(({ type }) => type !== undefined))
    throw new DataError(
      "UserErrorInvalidColumnMappingColumnNotFound",
      `Column '${wanted}' of the additional column '${name}' cannot be found in 'source' data store.`,
    );
  return { column: { name, type: copied?.type }, read: (row) => row[index] ?? null };
}
