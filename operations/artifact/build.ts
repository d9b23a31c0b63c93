import { App } from "cdktf";
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { all } from "../../environments/load";
import { synthesize } from "../../stacks/synthesize";
import { knownPlant } from "../verify/known-plant";
import { addChecksums, pack } from "./archive";

/** What the stacks, and whoever runs what they deploy, are built from. */
const LOCKS = ["package-lock.json", "setup/requirements.txt", "setup/jars.sha256"];

/** What is predicted of the known plant. */
const EXPECTED = "operations/verify/expected.csv";

/**
 * Builds what is promoted: the synthesized stacks of all environments, the notebooks, the known plant with what is
 * expected of it, the lock files and checksums of it all, in one file.
 * Whoever builds it from the same sources gets the same file. Returns its SHA-256.
 */
export async function buildArtifact(root: string, file: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "artifact-"));
  try {
    synthesize(new App({ outdir: join(folder, "cdktf.out") }), all(), join(root, "notebooks"));
    cpSync(join(root, "notebooks"), join(folder, "notebooks"), {
      recursive: true,
      filter: (path) => path.endsWith(".py") || statSync(path).isDirectory(),
    });
    mkdirSync(join(folder, "verification"));
    cpSync(join(root, EXPECTED), join(folder, "verification", "expected.csv"));
    for (const [table, rows] of Object.entries(knownPlant()))
      writeFileSync(join(folder, "verification", `PdM_${table}.csv`), rows);
    for (const lock of LOCKS) cpSync(join(root, lock), join(folder, "locks", lock));
    addChecksums(folder);
    return await pack(folder, file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
