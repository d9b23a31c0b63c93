import { Readable } from "node:stream";
import { type AdditionalColumns, withColumns } from "./additional-columns";
import type { Cell, SkipRow, Table } from "./cell";
import { decompressed } from "./compression";
import { type SelectedFile, withSlash } from "./file-selection";
import type { FileFormat, TableFormat } from "./formats/format";
import { mapped } from "./mapping";
import { merged, union } from "./merge";
import type { Translator } from "./translator";

export interface ContentProps {
  readonly source: FileFormat;
  readonly sink: FileFormat;
  /** Of the source's dataset. */
  readonly folder: string;
  readonly added: AdditionalColumns;
  readonly translator: Translator | undefined;
  /** Whether the sink's files hold objects, and the source's. */
  readonly isHierarchical: { readonly source: boolean; readonly sink: boolean };
  /** The bytes of a file; `undefined` where it is left out. */
  readonly open: (file: SelectedFile) => Promise<Readable | undefined>;
  readonly skipRow: SkipRow | undefined;
  readonly onRow: (what: "rowsRead" | "rowsCopied") => void;
}

/** What one file of the sink is to hold, not yet compressed; `undefined` where nothing is left of it. */
export async function contentOf(files: readonly SelectedFile[], props: ContentProps): Promise<Readable | undefined> {
  const { table: reader } = props.source;
  const { table: writer } = props.sink;
  if (reader !== undefined && writer !== undefined) return writer.write(await tableOf(files, reader, props));
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) return opened(only, props);
  return Readable.from(concatenated(files, props));
}

async function tableOf(files: readonly SelectedFile[], reader: TableFormat, props: ContentProps): Promise<Table> {
  const { added, folder, isHierarchical, onRow, skipRow, translator } = props;
  const skipRead: SkipRow | undefined =
    skipRow &&
    ((row, error) => {
      onRow("rowsRead");
      skipRow(row, error);
    });
  const read = async (file: SelectedFile): Promise<Table> => {
    const table = await reader.read((await opened(file, props)) ?? Readable.from([]), file.blob.name, skipRead);
    return withColumns(table, added, relativeTo(folder, file));
  };
  const table = isHierarchical.source ? union(await inTurn(files, read)) : await merged(each(files, read));
  const counted = { columns: table.columns, rows: countingRows(table.rows, () => onRow("rowsRead")) };
  const written = mapped({ table: counted, translator, isHierarchical: isHierarchical.sink, skip: skipRow });
  return { columns: written.columns, rows: countingRows(written.rows, () => onRow("rowsCopied")) };
}

async function opened(file: SelectedFile, { open, source }: ContentProps): Promise<Readable | undefined> {
  const content = await open(file);
  return content && decompressed(content, source.compression);
}

function relativeTo(folder: string, { blob: { name } }: SelectedFile): string {
  const base = withSlash(folder);
  return name.startsWith(base) ? name.slice(base.length) : name;
}

async function* concatenated(files: readonly SelectedFile[], props: ContentProps): AsyncGenerator<unknown> {
  for (const file of files) yield* (await opened(file, props)) ?? [];
}

async function* each<T>(files: readonly SelectedFile[], read: (file: SelectedFile) => Promise<T>): AsyncGenerator<T> {
  for (const file of files) yield await read(file);
}

async function inTurn<T>(
  files: readonly SelectedFile[],
  read: (file: SelectedFile) => Promise<T>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of each(files, read)) all.push(one);
  return all;
}

async function* countingRows(rows: AsyncIterable<readonly Cell[]>, add: () => void): AsyncGenerator<readonly Cell[]> {
  for await (const row of rows) {
    add();
    yield row;
  }
}
