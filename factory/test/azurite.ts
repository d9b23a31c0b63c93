import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createInterface } from "node:readline";
import { AzureBlobStore } from "../storage/azure-blob-store";

const ACCOUNT = "devstoreaccount1";
/** The emulator's own, the same everywhere. */
const KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** Ends the emulator when this process is gone, however it went. */
const END_WITH_PARENT = `data:text/javascript,process.once("disconnect", () => process.exit())`;

/** The Blob Storage emulator for the tests of one file, in memory and on a port of its own. */
export class Azurite {
  private constructor(
    private readonly process: ChildProcess,
    readonly connectionString: string,
    readonly store: AzureBlobStore,
  ) {}

  static async start(): Promise<Azurite> {
    const child = spawn(
      process.execPath,
      [
        ...["--import", END_WITH_PARENT, require.resolve("azurite/dist/src/blob/main.js")],
        ...["--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence"],
        ...["--skipApiVersionCheck", "--silent", "--disableTelemetry"],
      ],
      { stdio: ["ignore", "pipe", "inherit", "ipc"] },
    );
    const url = await new Promise<string>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`Azurite ended with exit code ${code} while starting`)));
      createInterface({ input: child.stdout! }).on("line", (line) => {
        const found = /successfully listens on (\S+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    const connectionString = `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};BlobEndpoint=${url}/${ACCOUNT};`;
    return new Azurite(child, connectionString, await AzureBlobStore.connect(connectionString));
  }

  /** Writes blobs by their paths with the container in front, as `landing/a.csv`. */
  async put(blobs: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    for (const [path, content] of Object.entries(blobs)) {
      const [container, name] = split(path);
      await this.store.write(container, name, Readable.from([Buffer.from(content)]), new AbortController().signal);
    }
  }

  async bytes(path: string): Promise<Buffer> {
    return buffer(await this.store.read(...split(path)));
  }

  async text(path: string): Promise<string> {
    return (await this.bytes(path)).toString();
  }

  /** The blobs of a container. */
  async names(container: string): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const { name } of this.store.list(container, "")) names.push(name);
    return names;
  }

  async stop(): Promise<void> {
    const exited = once(this.process, "exit");
    this.process.disconnect();
    await exited;
  }
}

function split(path: string): [string, string] {
  const at = path.indexOf("/");
  return [path.slice(0, at), path.slice(at + 1)];
}
