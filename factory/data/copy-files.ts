import type { Readable } from "node:stream";
import type { BlobStore } from "../storage/blob-store";
import type { AdditionalColumns } from "./additional-columns";
import type { SkipRow } from "./cell";
import { compressed } from "./compression";
import { type Measured, measuring, requireUnchanged } from "./consistency";
import { contentOf } from "./copy-content";
import { DataError, missingBlob } from "./data-error";
import { type Destination, destinations } from "./destinations";
import type { Place, SelectedFile } from "./file-selection";
import type { FileFormat } from "./formats/format";
import type { SessionLog } from "./session-log";
import type { CopyBehavior } from "./sides";
import type { Staging } from "./staging";
import type { Translator } from "./translator";

/** Where files are, and how. */
export interface CopySide {
  readonly store: BlobStore;
  readonly place: Place;
  readonly format: FileFormat;
}

/** The failures of a file that leave it out, where a copy has several. */
export interface SkippedFailures {
  readonly fileMissing: boolean;
  readonly fileForbidden: boolean;
  readonly dataInconsistency: boolean;
}

export interface CopyProps {
  readonly source: CopySide;
  readonly sink: CopySide;
  readonly files: readonly SelectedFile[];
  readonly copyBehavior: CopyBehavior | undefined;
  readonly added: AdditionalColumns;
  readonly translator: Translator | undefined;
  /** Whether the sink's files hold objects, and the source's. */
  readonly isHierarchical: { readonly source: boolean; readonly sink: boolean };
  readonly deleteFilesAfterCompletion: boolean;
  readonly staging: Staging | undefined;
  /** Takes the rows that cannot be copied; `undefined`: such a row fails the copy. */
  readonly skipRow: SkipRow | undefined;
  /** `undefined`: any failure of a file fails the copy. */
  readonly skipFiles: SkippedFailures | undefined;
  /** Whether each file has to be what it was when it was listed. */
  readonly verifiesFiles: boolean;
  readonly log: SessionLog | undefined;
  readonly signal: AbortSignal;
}

/** What a copy did; bytes as they are in the accounts. */
export interface Copied {
  filesRead: number;
  filesWritten: number;
  /** Those that were inconsistent too. */
  filesSkipped: number;
  filesInconsistent: number;
  dataRead: number;
  dataWritten: number;
  rowsRead: number;
  rowsCopied: number;
  rowsSkipped: number;
}

/** Copies files one after the other, each as a stream. */
export async function copyFiles(props: CopyProps): Promise<Copied> {
  const { source, sink, files, copyBehavior, deleteFilesAfterCompletion } = props;
  const copied: Copied = {
    ...{ filesRead: 0, filesWritten: 0, filesSkipped: 0, filesInconsistent: 0, dataRead: 0, dataWritten: 0 },
    ...{ rowsRead: 0, rowsCopied: 0, rowsSkipped: 0 },
  };
  const planned = destinations({ files, place: sink.place, source: source.format, sink: sink.format, copyBehavior });
  for (const destination of planned) {
    props.signal.throwIfAborted();
    const written = await new FileCopy(props, copied).write(destination);
    if (deleteFilesAfterCompletion)
      for (const { blob } of written) await source.store.delete(source.place.container, blob.name);
  }
  return copied;
}

/** What becomes one file of the sink. */
class FileCopy {
  private readonly read: SelectedFile[] = [];
  private readonly measured = new Map<SelectedFile, Measured>();

  constructor(
    private readonly props: CopyProps,
    private readonly copied: Copied,
  ) {}

  /** Returns the files that are in it. */
  async write({ name, files }: Destination): Promise<readonly SelectedFile[]> {
    const { source, sink, skipRow, signal, log } = this.props;
    const content = await contentOf(files, {
      ...this.props,
      ...{ source: source.format, sink: sink.format, folder: source.place.folder },
      open: (file) => this.open(file),
      skipRow:
        skipRow &&
        ((row, error) => {
          this.copied.rowsSkipped += 1;
          skipRow(row, error);
        }),
      onRow: (what) => (this.copied[what] += 1),
    });
    if (content === undefined) return [];
    const bytes = measuring(compressed(content, sink.format.compression), unmeasured(), (length) => {
      this.copied.dataWritten += length;
    });
    await sink.store.write(sink.place.container, name, bytes, signal);
    if (!(await this.isVerified(name))) return [];
    this.copied.filesWritten += 1;
    for (const file of this.read) log?.written(file);
    return this.read;
  }

  /** The bytes of a file; `undefined` where its failure leaves it out. */
  private async open(file: SelectedFile): Promise<Readable | undefined> {
    const { source, staging, log } = this.props;
    const { container } = source.place;
    log?.reading(file);
    const measured = unmeasured();
    try {
      const content = await source.store.read(container, file.blob.name);
      const counted = measuring(content, measured, (length) => (this.copied.dataRead += length));
      this.copied.filesRead += 1;
      this.read.push(file);
      this.measured.set(file, measured);
      return staging === undefined ? counted : await staging.through(counted);
    } catch (error) {
      const isMissing = statusOf(error) === 404;
      const known = isMissing ? missingBlob(container, file.blob.name) : error;
      if (isMissing ? this.skips("fileMissing") : statusOf(error) === 403 && this.skips("fileForbidden"))
        return this.skip(file, measured, known);
      throw known;
    }
  }

  /** Whether all that was read is what it was. Where that is skipped, the sink's file is deleted again. */
  private async isVerified(name: string): Promise<boolean> {
    const { source, sink, verifiesFiles } = this.props;
    if (!verifiesFiles) return true;
    for (const [file, measured] of this.measured)
      try {
        await requireUnchanged(source.store, source.place.container, file, measured);
      } catch (error) {
        if (!(error instanceof DataError && this.skips("dataInconsistency"))) throw error;
        await sink.store.delete(sink.place.container, name);
        this.copied.filesInconsistent += 1;
        this.skip(file, measured, error);
        return false;
      }
    return true;
  }

  /** One file alone is never left out, as in the service. */
  private skips(failure: keyof SkippedFailures): boolean {
    return this.props.skipFiles?.[failure] === true && this.props.files.length > 1;
  }

  private skip(file: SelectedFile, { bytes }: Measured, error: unknown): undefined {
    this.copied.filesSkipped += 1;
    this.props.log?.fileSkipped(file, bytes, error instanceof Error ? error : new Error(String(error)));
    return undefined;
  }
}

function unmeasured(): Measured {
  return { bytes: 0, md5: undefined };
}

/** What a storage account answered with; `undefined` of other errors. */
function statusOf(error: unknown): unknown {
  return error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
}
