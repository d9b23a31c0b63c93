import { Readable } from "node:stream";
import type { BlobStore } from "../storage/blob-store";
import { compressed, type Compression, decompressed } from "./compression";

export interface StagingProps {
  readonly store: BlobStore;
  readonly container: string;
  /** Of this copy alone. */
  readonly folder: string;
  readonly compression: Compression | undefined;
  readonly signal: AbortSignal;
}

/** Blobs that a copy goes through. */
export class Staging {
  private readonly names: string[] = [];

  constructor(private readonly props: StagingProps) {}

  /** The same content, read from the interim blob that it was written to. */
  async through(content: Readable): Promise<Readable> {
    const { store, container, folder, compression, signal } = this.props;
    const name = `${folder}/${this.names.length}${compression === undefined ? "" : ".gz"}`;
    await store.write(container, name, compressed(content, compression), signal);
    this.names.push(name);
    return decompressed(await store.read(container, name), compression);
  }

  /** Deletes what it wrote. */
  async clear(): Promise<void> {
    const { store, container } = this.props;
    for (const name of this.names) await store.delete(container, name);
  }
}
