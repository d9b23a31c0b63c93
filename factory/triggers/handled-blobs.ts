import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { writeFileAtomically } from "../atomic-file";
import { FactoryError } from "../factory-error";
import { type BlobEvent, type BlobItem, key } from "./blob";

const saved = z.array(z.object({ container: z.string(), name: z.string(), etag: z.string(), size: z.number() }));

/** The blobs whose events need not be raised again: in memory, or in a file, which need not exist. Throws a `FactoryError` where it holds something else. */
export class HandledBlobs {
  private readonly byKey: Map<string, BlobItem>;

  constructor(private readonly file?: string) {
    const blobs = file !== undefined && existsSync(file) ? read(file) : [];
    this.byKey = new Map(blobs.map((blob) => [key(blob), blob]));
  }

  get blobs(): readonly BlobItem[] {
    return [...this.byKey.values()];
  }

  add(...events: readonly BlobEvent[]): void {
    for (const { type, blob } of events)
      if (type === "Microsoft.Storage.BlobDeleted") this.byKey.delete(key(blob));
      else this.byKey.set(key(blob), blob);
    if (this.file !== undefined) writeFileAtomically(this.file, JSON.stringify(this.blobs));
  }
}

function read(file: string): readonly BlobItem[] {
  try {
    return saved.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new FactoryError(`${file} is no list of blobs`);
  }
}
