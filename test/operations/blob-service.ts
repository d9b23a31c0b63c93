import { BlobServiceClient } from "@azure/storage-blob";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

/** Microsoft's public key of the emulator's only account. */
const KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** Azurite on a port of its own, in memory: the real protocol of Blob Storage. */
export class BlobService {
  private constructor(
    readonly client: BlobServiceClient,
    private readonly process: ChildProcess,
  ) {}

  static async start(): Promise<BlobService> {
    const port = await freePort();
    const options = [
      "--blobPort",
      `${port}`,
      "--inMemoryPersistence",
      "--skipApiVersionCheck",
      "--silent",
      "--disableTelemetry",
    ];
    const child = spawn(process.execPath, [require.resolve("azurite/dist/src/blob/main.js"), ...options], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    for await (const line of createInterface({ input: child.stdout! })) if (line.includes("listens")) break;
    const endpoint = `http://127.0.0.1:${port}/devstoreaccount1`;
    const connection = `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${KEY};BlobEndpoint=${endpoint}`;
    return new BlobService(BlobServiceClient.fromConnectionString(connection), child);
  }

  async stop(): Promise<void> {
    const ended = once(this.process, "exit");
    this.process.kill();
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { readonly port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}
