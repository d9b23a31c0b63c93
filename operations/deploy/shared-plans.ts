import type { BlockBlobClient, ContainerClient } from "@azure/storage-blob";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../command-line/user-error";
import { addChecksums, pack, unpack } from "../artifact/archive";
import { bringBack, keepFile } from "./kept-file";

/**
 * Plans on their way from whoever plans to whoever applies, in a container that only these two open: plans are secrets. They are named by
 * their SHA-256, so that an approval of that name is of no other plans.
 */
export class SharedPlans {
  constructor(
    private readonly container: ContainerClient,
    private readonly environment: string,
  ) {}

  /** Uploads what `folder` has planned, and returns its name. */
  async share(folder: string): Promise<string> {
    return this.inTemporary(async (temporary) => {
      const copy = join(temporary, "plans");
      cpSync(folder, copy, { recursive: true, filter: (path) => !/[/\\](\.terraform|artifact)$/.test(path) });
      addChecksums(copy);
      const name = await pack(copy, join(temporary, "plans.tar"));
      await keepFile(this.blobOf(name), join(temporary, "plans.tar"));
      return name;
    });
  }

  /** Brings plans to a folder, in the place of what is there. Throws `UserError` where there are none of that name, or they are not the same any more. */
  async fetch(name: string, folder: string): Promise<void> {
    const blob = this.blobOf(name);
    if (!/^[0-9a-f]{64}$/.test(name) || !(await blob.exists()))
      throw new UserError(
        `there are no plans ${name} of ${this.environment}: run plan with --share and use the name that it prints`,
      );
    await this.inTemporary(async (temporary) => {
      const file = join(temporary, "plans.tar");
      await bringBack(blob, name, file);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      await unpack(file, folder);
    });
  }

  private blobOf(name: string): BlockBlobClient {
    return this.container.getBlockBlobClient(`${this.environment}/${name}.json`);
  }

  private async inTemporary<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), "plans-"));
    try {
      return await work(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
