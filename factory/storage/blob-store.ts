import type { Readable } from "node:stream";

/** A blob as its storage account tells of it. */
export interface StoredBlob {
  /** With its folders. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly lastModified: Date;
  /** In base64; absent where the account does not know it. */
  readonly contentMD5?: string;
  /** Whether it only marks a folder, as accounts with a hierarchical namespace have them. */
  readonly isFolder: boolean;
}

/** The blobs of one storage account. */
export interface BlobStore {
  /** When a container was changed last; `undefined` where it does not exist. */
  containerModified(container: string): Promise<Date | undefined>;
  /** The blobs whose names begin with `prefix`, in the order of their names; none where the container does not exist. */
  list(container: string, prefix: string): AsyncIterable<StoredBlob>;
  /** `undefined` where it does not exist. */
  find(container: string, name: string): Promise<StoredBlob | undefined>;
  /** Rejects where it does not exist. */
  read(container: string, name: string): Promise<Readable>;
  /** Creates or replaces a blob, and its container where there is none. */
  write(container: string, name: string, content: Readable, signal: AbortSignal): Promise<void>;
  delete(container: string, name: string): Promise<void>;
}
