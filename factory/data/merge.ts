import type { Cell, Column, Table } from "./cell";
import { DataError } from "./data-error";

/** The rows of several files behind each other, by the names of their columns. */
export async function merged(tables: AsyncGenerator<Table>): Promise<Table> {
  const { value: first } = await tables.next();
  const table: Table | undefined = first;
  if (table === undefined) return { columns: [], rows: none() };
  const rows = async function* (): AsyncGenerator<readonly Cell[]> {
    yield* table.rows;
    for await (const next of tables) yield* aligned(next, table.columns);
  };
  return { columns: table.columns, rows: rows() };
}

/** The same where files of objects may have other properties each. */
export function union(tables: readonly Table[]): Table {
  const names = [...new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  const columns = names.map((name) => ({ name, type: undefined }));
  const rows = async function* (): AsyncGenerator<readonly Cell[]> {
    for (const table of tables) yield* aligned(table, columns);
  };
  return { columns, rows: rows() };
}

async function* aligned({ columns, rows }: Table, wanted: readonly Column[]): AsyncGenerator<readonly Cell[]> {
  const unknown = columns.find(({ name }) => !wanted.some((column) => column.name === name));
  if (unknown !== undefined)
    throw new DataError(
      "UserErrorSchemaMismatch",
      `Column '${unknown.name}' is not in the first of the files that are merged.`,
    );
  const places = wanted.map(({ name }) => columns.findIndex((column) => column.name === name));
  for await (const row of rows) yield places.map((place) => (place < 0 ? undefined : row[place]));
}

async function* none(): AsyncGenerator<readonly Cell[]> {}
