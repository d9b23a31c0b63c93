import { Readable } from "node:stream";
import type { BlobStore } from "../storage/blob-store";
import type { Cell, Table } from "./cell";
import { compressed, decompressed } from "./compression";
import { type Destination, destinations } from "./destinations";
import type { Place, SelectedFile } from "./file-selection";
import type { FileFormat } from "./formats/format";
import { mapped } from "./mapping";
import { merged, union } from "./merge";
import type { CopyBehavior } from "./sides";
import type { Translator } from "./translator";

/** Where files are, and how. */
export interface CopySide {
  readonly store: BlobStore;
  readonly place: Place;
  readonly format: FileFormat;
}

export interface CopyProps {
  readonly source: CopySide;
  readonly sink: CopySide;
  readonly files: readonly SelectedFile[];
  readonly copyBehavior: CopyBehavior | undefined;
  readonly translator: Translator | undefined;
  /** Whether the sink's files hold objects, and the source's. */
  readonly isHierarchical: { readonly source: boolean; readonly sink: boolean };
  readonly deleteFilesAfterCompletion: boolean;
  readonly signal: AbortSignal;
}

/** What a copy did; bytes as they are in the accounts. */
export interface Copied {
  filesRead: number;
  filesWritten: number;
  dataRead: number;
  dataWritten: number;
  rowsRead: number;
  rowsCopied: number;
}

/** Copies files one after the other, each as a stream. */
export async function copyFiles(props: CopyProps): Promise<Copied> {
  const { source, sink, files, copyBehavior } = props;
  const copied = { filesRead: 0, filesWritten: 0, dataRead: 0, dataWritten: 0, rowsRead: 0, rowsCopied: 0 };
  const planned = destinations({ files, place: sink.place, source: source.format, sink: sink.format, copyBehavior });
  for (const destination of planned) {
    props.signal.throwIfAborted();
    const bytes = compressed(await contentOf(destination, props, copied), sink.format.compression);
    const counted = counting(bytes, (chunk) => (copied.dataWritten += chunk));
    await sink.store.write(sink.place.container, destination.name, counted, props.signal);
    copied.filesWritten += 1;
    copied.filesRead += destination.files.length;
    if (props.deleteFilesAfterCompletion)
      for (const { blob } of destination.files) await source.store.delete(source.place.container, blob.name);
  }
  return copied;
}

async function contentOf({ files }: Destination, props: CopyProps, copied: Copied): Promise<Readable> {
  const { source, sink, translator, isHierarchical } = props;
  const open = async ({ blob }: SelectedFile): Promise<Readable> => {
    const content = await source.store.read(source.place.container, blob.name);
    const counted = counting(content, (bytes) => (copied.dataRead += bytes));
    return decompressed(counted, source.format.compression);
  };
  const { table: reader } = source.format;
  const { table: writer } = sink.format;
  if (reader === undefined || writer === undefined) return Readable.from(concatenated(files, open));
  const read = async (file: SelectedFile): Promise<Table> => reader.read(await open(file), file.blob.name);
  const table = isHierarchical.source ? union(await inTurn(files, read)) : await merged(opened(files, read));
  const counted = { columns: table.columns, rows: countingRows(table.rows, () => (copied.rowsRead += 1)) };
  const written = mapped({ table: counted, translator, isHierarchical: isHierarchical.sink });
  return writer.write({ columns: written.columns, rows: countingRows(written.rows, () => (copied.rowsCopied += 1)) });
}

async function* concatenated(
  files: readonly SelectedFile[],
  open: (file: SelectedFile) => Promise<Readable>,
): AsyncGenerator<unknown> {
  for (const file of files) yield* await open(file);
}

async function* opened<T>(files: readonly SelectedFile[], read: (file: SelectedFile) => Promise<T>): AsyncGenerator<T> {
  for (const file of files) yield await read(file);
}

async function inTurn<T>(
  files: readonly SelectedFile[],
  read: (file: SelectedFile) => Promise<T>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of opened(files, read)) all.push(one);
  return all;
}

function counting(content: AsyncIterable<Uint8Array>, add: (bytes: number) => void): Readable {
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      add(chunk.length);
      yield chunk;
    }
  };
  return Readable.from(chunks());
}

async function* countingRows(rows: AsyncIterable<readonly Cell[]>, add: () => void): AsyncGenerator<readonly Cell[]> {
  for await (const row of rows) {
    add();
    yield row;
  }
}
