import { type Cell, cellJson, type Column, isComplex, isList, type SkipRow, type Table } from "./cell";
import { converted } from "./conversion";
import { DataError } from "./data-error";
import { type JsonPath, valueAt } from "./json-path";
import type { MappingSide, Translator } from "./translator";

export interface MappingProps {
  readonly table: Table;
  /** `undefined`: each column keeps its name. */
  readonly translator: Translator | undefined;
  /** Whether the sink holds objects, which keep what is inside them. */
  readonly isHierarchical: boolean;
  /** Takes the rows whose values are none of their types. Default: such a row is an error. */
  readonly skip?: SkipRow | undefined;
}

/** The rows of a source as the sink is to hold them. */
export function mapped({ table, translator, isHierarchical, skip }: MappingProps): Table {
  const plan = planOf(table.columns, translator?.mappings, isHierarchical);
  const columns = plan.map(({ column }) => column);
  const written = (row: readonly Cell[], item: Cell): readonly Cell[] =>
    plan.map(({ column, read }) => {
      const cell = read(row, item);
      return isHierarchical ? cell : simple(cell, column, translator?.mapComplexValuesToString === true);
    });
  const rows = async function* (): AsyncGenerator<readonly Cell[]> {
    for await (const row of table.rows)
      for (const item of itemsOf(row, table.columns, translator)) {
        const cells = unlessSkipped(() => written(row, item), row, skip);
        if (cells !== undefined) yield cells;
      }
  };
  return { columns, rows: rows() };
}

function unlessSkipped<T>(work: () => T, row: readonly Cell[], skip: SkipRow | undefined): T | undefined {
  try {
    return work();
  } catch (error) {
    if (skip === undefined || !(error instanceof DataError)) throw error;
    skip(row, error);
    return undefined;
  }
}

interface Planned {
  readonly column: Column;
  /** `item` is the one of the collection that the row stands for. */
  readonly read: (row: readonly Cell[], item: Cell) => Cell;
}

function planOf(
  columns: readonly Column[],
  mappings: Translator["mappings"],
  isHierarchical: boolean,
): readonly Planned[] {
  if (mappings === undefined) return columns.map((column, index) => ({ column, read: (row) => row[index] }));
  const planned = mappings.map(({ source, sink }) => {
    const { read, type } = readerOf(source, columns);
    return {
      path: sinkPath(sink, source, isHierarchical),
      type: isHierarchical ? undefined : (sink.type ?? source.type ?? type),
      read,
    };
  });
  if (!isHierarchical)
    return planned.map(({ path, type, read }) => ({ column: { name: String(path[0]), type }, read }));
  const roots = [...new Set(planned.map(({ path }) => path[0]))];
  return roots.map((root) => {
    const inside = planned.filter(({ path }) => path[0] === root);
    return {
      column: { name: String(root), type: undefined },
      read: (row, item) => nested(inside.map(({ path, read }) => [path.slice(1), read(row, item)])),
    };
  });
}

/** One object of values at paths within it. */
function nested(values: readonly (readonly [JsonPath, Cell])[]): Cell {
  const whole = values.find(([path]) => path.length === 0);
  if (whole !== undefined) return whole[1];
  const names = [...new Set(values.map(([path]) => String(path[0])))];
  return Object.fromEntries(
    names.map((name) => [
      name,
      nested(values.filter(([path]) => String(path[0]) === name).map(([path, cell]) => [path.slice(1), cell])),
    ]),
  );
}

function sinkPath({ name, path, ordinal }: MappingSide, source: MappingSide, isHierarchical: boolean): JsonPath {
  if (path !== undefined && isHierarchical) return path.steps;
  const found = name ?? source.name ?? (ordinal === undefined ? undefined : `Prop_${ordinal - 1}`);
  if (found === undefined)
    throw new DataError("UserErrorInvalidColumnMapping", "A mapping says no name of the sink's column.");
  return [found];
}

/** Where a mapping's value comes from, in a row or in an item of the collection. */
function readerOf(
  { name, ordinal, path }: MappingSide,
  columns: readonly Column[],
): Pick<Planned, "read"> & Pick<Column, "type"> {
  if (path !== undefined) {
    const [first, ...inside] = path.steps;
    const index = columns.findIndex((column) => column.name === first);
    return {
      type: undefined,
      read: (row, item) =>
        (path.isFromRoot || item === undefined ? valueAt(row[index], inside) : valueAt(item, path.steps)) ?? null,
    };
  }
  const named = columns.findIndex((column) => column.name === name);
  const index = named < 0 && ordinal !== undefined ? ordinal - 1 : named;
  const column = columns[index];
  if (column === undefined && columns.some(({ type }) => type !== undefined))
    throw new DataError(
      "UserErrorInvalidColumnMappingColumnNotFound",
      `Column '${name ?? ordinal}' specified in column mapping cannot be found in 'source' data store.`,
    );
  return { type: column?.type, read: (row) => row[index] ?? null };
}

/** The items that one row stands for: those of the collection, or itself once. */
function itemsOf(
  row: readonly Cell[],
  columns: readonly Column[],
  translator: Translator | undefined,
): readonly Cell[] {
  if (translator?.collectionReference === undefined) return [undefined];
  const [first, ...inside] = translator.collectionReference.steps;
  const found = valueAt(row[columns.findIndex(({ name }) => name === first)], inside);
  return isList(found) ? found : [];
}

/** A value as a column of a table holds it. */
function simple(cell: Cell, { name, type }: Column, asText: boolean): Cell {
  if (isComplex(cell)) {
    if (asText) return cellJson(cell);
    throw new DataError(
      "UserErrorComplexValue",
      `Column '${name}' holds objects or arrays: map what is inside them, or set mapComplexValuesToString.`,
    );
  }
  return type === undefined ? cell : converted(cell, type, name);
}
