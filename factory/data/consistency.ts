import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { BlobStore } from "../storage/blob-store";
import { DataError } from "./data-error";
import type { SelectedFile } from "./file-selection";

/** Bytes that went through, and their checksum in base64 once all have. */
export interface Measured {
  bytes: number;
  md5: string | undefined;
}

/** The same bytes; tells `onBytes` of each chunk, and `measured` in the end. */
export function measuring(
  content: AsyncIterable<Uint8Array>,
  measured: Measured,
  onBytes: (bytes: number) => void,
): Readable {
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    const hash = createHash("md5");
    for await (const chunk of content) {
      hash.update(chunk);
      measured.bytes += chunk.length;
      onBytes(chunk.length);
      yield chunk;
    }
    measured.md5 = hash.digest("base64");
  };
  return Readable.from(chunks());
}

/** Throws where a file is not what it was when it was listed, by size, time and checksum. */
export async function requireUnchanged(
  store: BlobStore,
  container: string,
  { blob, relativePath }: SelectedFile,
  { bytes, md5 }: Measured,
): Promise<void> {
  const now = await store.find(container, blob.name);
  const isSame =
    now?.lastModified.getTime() === blob.lastModified.getTime() &&
    bytes === blob.size &&
    (blob.contentMD5 === undefined || blob.contentMD5 === md5);
  if (!isSame)
    throw new DataError(
      "DataConsistencySourceDataChanged",
      `Source file '${relativePath}' is changed by other clients during the copy activity run.`,
    );
}
