import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { BlobItem, BlobServiceClient } from "@azure/storage-blob" with { "resolution-mode": "import" };
import { FactoryError } from "../factory-error";
import { isLoopback } from "../loopback";
import type { BlobStore, StoredBlob } from "./blob-store";

/** Each blob that is written takes as much memory at once, also a small one. */
const BLOCK_BYTES = 1024 * 1024;
const BLOCKS_SIDE_BY_SIDE = 2;

/** An emulator answers at once or not at all; it may close connections that were idle while a file was parsed. */
const RETRIES = { retryOptions: { maxTries: 4, retryDelayInMs: 100 } };

/** An emulator of Blob Storage on this machine, as Azurite. */
export class AzureBlobStore implements BlobStore {
  /** Those that need not be created any more. */
  private readonly containers = new Set<string>();

  private constructor(private readonly client: BlobServiceClient) {}

  /**
   * The client of Azure is loaded only here: it is large. Rejects with a `FactoryError` for a connection string that cannot be read, or leads to another machine: no account of Azure is ever touched.
   * @param connectionString that of the emulator, or `UseDevelopmentStorage=true` for its usual address
   */
  static async connect(connectionString: string): Promise<AzureBlobStore> {
    const { BlobServiceClient } = await import("@azure/storage-blob");
    const client = readable(() => BlobServiceClient.fromConnectionString(connectionString, RETRIES));
    if (!isLoopback(client.url))
      throw new FactoryError(
        `the storage is ${new URL(client.url).origin}, which is not on this machine: only an emulator as Azurite is used`,
      );
    return new AzureBlobStore(client);
  }

  async containerModified(container: string): Promise<Date | undefined> {
    const properties = await unlessMissing(this.client.getContainerClient(container).getProperties());
    return properties?.lastModified;
  }

  async *list(container: string, prefix: string): AsyncIterable<StoredBlob> {
    try {
      const items = this.client.getContainerClient(container).listBlobsFlat({ prefix, includeMetadata: true });
      for await (const item of items) yield storedBlob(item);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  async find(container: string, name: string): Promise<StoredBlob | undefined> {
    const properties = await unlessMissing(this.blob(container, name).getProperties());
    if (properties === undefined) return undefined;
    const { contentLength, lastModified, contentMD5, metadata } = properties;
    return storedBlob({ name, metadata, properties: { contentLength, lastModified, contentMD5 } });
  }

  async read(container: string, name: string): Promise<Readable> {
    const { readableStreamBody } = await this.blob(container, name).download();
    const content = new PassThrough();
    // Only a pipeline hands an error of the download on to whoever reads.
    void pipeline(readableStreamBody!, content).catch(() => undefined);
    return content;
  }

  async write(container: string, name: string, content: Readable, signal: AbortSignal): Promise<void> {
    if (!this.containers.has(container)) await this.client.getContainerClient(container).createIfNotExists();
    this.containers.add(container);
    await this.blob(container, name).uploadStream(content, BLOCK_BYTES, BLOCKS_SIDE_BY_SIDE, { abortSignal: signal });
  }

  async delete(container: string, name: string): Promise<void> {
    await this.blob(container, name).delete();
  }

  private blob(container: string, name: string) {
    return this.client.getContainerClient(container).getBlockBlobClient(name);
  }
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch {
    // The SDK's own message may hold the account's key.
    throw new FactoryError("the storage's connection string cannot be read, expected UseDevelopmentStorage=true");
  }
}

interface Properties {
  readonly contentLength?: number | undefined;
  readonly lastModified?: Date | undefined;
  readonly contentMD5?: Uint8Array | undefined;
}

function storedBlob({
  name,
  metadata,
  properties: { contentLength = 0, lastModified = new Date(0), contentMD5 },
}: Pick<BlobItem, "name"> & {
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly properties: Properties;
}): StoredBlob {
  return {
    name,
    size: contentLength,
    lastModified,
    ...(contentMD5 !== undefined && { contentMD5: Buffer.from(contentMD5).toString("base64") }),
    isFolder: metadata?.["hdi_isfolder"] === "true",
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "statusCode" in error && error.statusCode === 404;
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
