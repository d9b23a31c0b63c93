import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { BlobServiceClient } from "@azure/storage-blob";
import type { BlobItem } from "adf-local";
import { UserError } from "../../command-line/user-error";

/** Compiled into the emulator's client in Spark's file system. */
const PORT = 10_000;

/** How long a process that has just been killed may keep the port. */
const PORT_PATIENCE_MS = 3_000;

/** How long the emulator may take to write its index when it is stopped. */
const STOP_PATIENCE_MS = 10_000;

/** Ends the emulator when this process lets go of it or is gone, however it went. */
const END_WITH_PARENT = `data:text/javascript,process.once("disconnect", () => process.kill(process.pid, "SIGTERM"))`;

/** How any client on this machine connects to the emulator. */
export const CONNECTION_STRING = "UseDevelopmentStorage=true";

/** The Blob Storage emulator, as a process of its own. */
export class Azurite {
  readonly client = BlobServiceClient.fromConnectionString(CONNECTION_STRING);

  private constructor(private readonly process: ChildProcess) {}

  /** Starts the emulator on its data folder. */
  static async start(location: string, log: string): Promise<Azurite> {
    mkdirSync(location, { recursive: true });
    mkdirSync(path.dirname(log), { recursive: true });
    const main = require.resolve("azurite/dist/src/blob/main.js");
    const options = ["--blobHost", "127.0.0.1", "--blobPort", `${PORT}`, "--location", path.resolve(location)];
    const child = spawn(
      process.execPath,
      ["--import", END_WITH_PARENT, main, ...options, "--skipApiVersionCheck", "--silent", "--disableTelemetry"],
      // A group of its own: Ctrl-C at the terminal is for this process, which stops the emulator last.
      { detached: true, stdio: ["ignore", "pipe", openSync(log, "w"), "ipc"] },
    );
    await ready(child, log);
    return new Azurite(child);
  }

  async createContainers(names: readonly string[]): Promise<void> {
    for (const name of names) await this.client.getContainerClient(name).createIfNotExists();
  }

  async list(containers: readonly string[]): Promise<readonly BlobItem[]> {
    const blobs: BlobItem[] = [];
    for (const container of containers)
      for await (const { name, properties } of this.client.getContainerClient(container).listBlobsFlat())
        blobs.push({ container, name, etag: properties.etag, size: properties.contentLength ?? 0 });
    return blobs;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, "exit");
    const late = setTimeout(() => this.process.kill("SIGKILL"), STOP_PATIENCE_MS);
    if (this.process.connected) this.process.disconnect();
    await exited;
    clearTimeout(late);
  }
}

async function ready(child: ChildProcess, log: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new UserError(`Azurite ended with exit code ${code} while starting, see ${log}`)),
    );
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (line.includes("successfully listens")) resolve();
    });
  });
}

/** Makes sure that the emulator can start; a taken port is one clear error. */
export async function requireFreePort(patience = PORT_PATIENCE_MS): Promise<void> {
  for (const deadline = Date.now() + patience; !(await isFree()); await sleep(200))
    if (Date.now() > deadline)
      throw new UserError(
        `port ${PORT} of 127.0.0.1 is in use, and Spark can reach the storage emulator only there: stop the program that listens on it (another run, or an Azurite of your own)`,
      );
}

async function isFree(): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(PORT, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
