import { existsSync, readFileSync } from "node:fs";
import { writeFileAtomically } from "../../atomic-file";
import { type BlobEvent, type BlobItem, key } from "./blob-event";

/** The blobs whose events need not be raised again, kept in a file. */
export class HandledBlobs {
  private readonly byKey: Map<string, BlobItem>;

  constructor(private readonly file: string) {
    const saved = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as BlobItem[]) : [];
    this.byKey = new Map(saved.map((blob) => [key(blob), blob]));
  }

  get blobs(): readonly BlobItem[] {
    return [...this.byKey.values()];
  }

  add(...events: readonly BlobEvent[]): void {
    for (const { type, blob } of events)
      if (type === "Microsoft.Storage.BlobDeleted") this.byKey.delete(key(blob));
      else this.byKey.set(key(blob), blob);
    writeFileAtomically(this.file, JSON.stringify(this.blobs));
  }
}
