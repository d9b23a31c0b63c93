import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../command-line/user-error";

/** Says that a folder is a cloud's. */
const RESOURCES = "resources.json";

/** What has been deployed to this machine: resources, blobs, tables, runs. */
export class CloudFolder {
  private constructor(readonly out: string) {}

  /** Makes the folder, or empties it. Throws `UserError` for one that is something else's. */
  static open(out: string, fresh: boolean): CloudFolder {
    const found = existsSync(out) ? readdirSync(out) : [];
    const foreign = found.find((name) => name !== "state" && name !== "logs");
    if (foreign !== undefined && !found.includes(RESOURCES) && !found.includes("azurite"))
      throw new UserError(`--out ${out} holds ${foreign} and is not the folder of a cloud: name another, or empty it`);
    if (fresh) rmSync(out, { recursive: true, force: true });
    mkdirSync(path.join(out, "state"), { recursive: true });
    return new CloudFolder(out);
  }

  get resources(): string {
    return path.join(this.out, RESOURCES);
  }

  at(...names: readonly string[]): string {
    return path.join(this.out, ...names);
  }
}
