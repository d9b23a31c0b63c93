import type { BlockBlobClient } from "@azure/storage-blob";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import { UserError } from "../../command-line/user-error";

/** A file as it lies beside the states, which are JSON too: whoever opens it sees what it is. */
const kept = z.object({
  /** Of the file before it was compressed. */
  sha256: z.string(),
  /** The file, compressed by gzip, in base64. */
  gzip: z.base64(),
});

const checksum = (content: Buffer): string => createHash("sha256").update(content).digest("hex");

/** Keeps a file; one that is there already stays, because its name is its checksum. */
export async function keepFile(blob: BlockBlobClient, file: string): Promise<void> {
  if (await blob.exists()) return;
  const content = readFileSync(file);
  const text = JSON.stringify({ sha256: checksum(content), gzip: gzipSync(content).toString("base64") });
  await blob.upload(text, Buffer.byteLength(text));
}

/** Brings a kept file back. Throws `UserError` where it is not the one of that checksum. */
export async function bringBack(blob: BlockBlobClient, sha256: string, file: string): Promise<void> {
  const content = contentOf(await readText(blob));
  if (content === undefined || checksum(content) !== sha256)
    throw new UserError(`the stored file ${blob.name} does not have the sha256 ${sha256}`);
  writeFileSync(file, content, { mode: 0o600 });
}

/** The whole text of a blob. */
export async function readText(blob: BlockBlobClient): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of (await blob.download()).readableStreamBody!) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}

function contentOf(text: string): Buffer | undefined {
  try {
    return gunzipSync(Buffer.from(kept.parse(JSON.parse(text)).gzip, "base64"));
  } catch {
    return undefined;
  }
}
