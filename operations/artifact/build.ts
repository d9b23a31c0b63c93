import { App } from "cdktf";
import { cpSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { all } from "../../environments/load";
import { platform } from "../../stacks/platform";
import { validate } from "../../stacks/validate";
import { addChecksums, pack } from "./archive";

/** What the stacks, and whoever runs what they deploy, are built from. */
const LOCKS = ["package-lock.json", "setup/requirements.txt", "setup/jars.sha256"];

/**
 * Builds what is promoted: the synthesized stacks of all environments, the notebooks, the lock files and checksums of it all, in one file.
 * Whoever builds it from the same sources gets the same file. Returns its SHA-256.
 */
export async function buildArtifact(root: string, file: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "artifact-"));
  try {
    const app = new App({ outdir: join(folder, "cdktf.out") });
    for (const settings of all()) platform(app, settings, join(root, "notebooks"));
    validate(app);
    app.synth();
    cpSync(join(root, "notebooks"), join(folder, "notebooks"), {
      recursive: true,
      filter: (path) => path.endsWith(".py") || statSync(path).isDirectory(),
    });
    for (const lock of LOCKS) cpSync(join(root, lock), join(folder, "locks", lock));
    addChecksums(folder);
    return await pack(folder, file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
