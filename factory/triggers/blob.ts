/** A blob as a listing shows it. */
export interface BlobItem {
  readonly container: string;
  /** With its folders. */
  readonly name: string;
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
}

export interface BlobEvent {
  readonly type: "Microsoft.Storage.BlobCreated" | "Microsoft.Storage.BlobDeleted";
  readonly blob: BlobItem;
}

/** What a blob is told from others by: its container and its name. */
export function key({ container, name }: Pick<BlobItem, "container" | "name">): string {
  return `${container}/${name}`;
}
