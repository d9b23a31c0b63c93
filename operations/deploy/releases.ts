import type { BlockBlobClient, ContainerClient } from "@azure/storage-blob";
import { z } from "zod";
import { UserError } from "../../command-line/user-error";
import { isConflict } from "../azure-errors";
import { digest } from "../digest";
import type { Ledger } from "./apply";
import { bringBack, keepFile, readText } from "./kept-file";

const release = z.object({
  /** SHA-256 of the artifact. */
  artifact: z.string(),
  /** When it was deployed, ISO 8601 in UTC. */
  at: z.string(),
  state: z.enum(["applied", "verified", "failed"]),
});

/** One deployment of an artifact to an environment, and what its verification said. */
export type Release = z.infer<typeof release>;

/** Attempts to write what another writer has just written. */
const ATTEMPTS = 5;

/**
 * What was deployed to an environment, the oldest first, and the artifacts themselves, beside the states of Terraform: whoever can deploy can
 * go back.
 */
export class Releases implements Ledger {
  constructor(
    private readonly container: ContainerClient,
    private readonly environment: string,
    /** The artifact that is being deployed. */
    private readonly file: string,
  ) {}

  async keep(artifact: string): Promise<void> {
    if (digest(this.file) !== artifact)
      throw new UserError(`${this.file} is not the artifact that was planned (sha256 ${artifact})`);
    await keepFile(this.blobOf(artifact), this.file);
  }

  async record(artifact: string): Promise<void> {
    await this.change((history) => [...history, { artifact, at: new Date().toISOString(), state: "applied" }]);
  }

  /** Says of the current release what its verification has shown. */
  async mark(state: "verified" | "failed"): Promise<void> {
    await this.change((history) => history.map((one, index) => (index < history.length - 1 ? one : { ...one, state })));
  }

  async history(): Promise<readonly Release[]> {
    return (await this.read()).history;
  }

  /** The last release that was verified and is another one than the current. Throws `UserError` where there is none. */
  async previous(): Promise<Release> {
    const history = await this.history();
    const current = history.at(-1);
    const found = [...history]
      .reverse()
      .find(({ state, artifact }) => state === "verified" && artifact !== current?.artifact);
    if (found === undefined)
      throw new UserError(
        `there is no release to roll back to in ${this.environment}: none except ${current?.artifact ?? "none"} was verified`,
      );
    return found;
  }

  /** Brings the artifact of a release to the file. Throws `UserError` where it is not kept, or is not the same any more. */
  async fetch(artifact: string): Promise<void> {
    const blob = this.blobOf(artifact);
    if (!(await blob.exists())) throw new UserError(`the artifact ${artifact} is not stored in ${this.environment}`);
    await bringBack(blob, artifact, this.file);
  }

  private blobOf(artifact: string): BlockBlobClient {
    return this.container.getBlockBlobClient(`${this.environment}/${artifact}.json`);
  }

  private get list() {
    return this.container.getBlockBlobClient(`${this.environment}/releases.json`);
  }

  private async read(): Promise<{ readonly history: readonly Release[]; readonly etag?: string }> {
    if (!(await this.list.exists())) return { history: [] };
    const { etag } = await this.list.getProperties();
    return { history: z.array(release).parse(JSON.parse(await readText(this.list))), etag: etag! };
  }

  private async change(edit: (history: readonly Release[]) => readonly Release[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { history, etag } = await this.read();
        const content = `${JSON.stringify(edit(history), null, 2)}\n`;
        const conditions = etag === undefined ? { ifNoneMatch: "*" } : { ifMatch: etag };
        await this.list.upload(content, Buffer.byteLength(content), { conditions });
        return;
      } catch (error) {
        if (attempt === ATTEMPTS || !isConflict(error)) throw error;
      }
    }
  }
}
