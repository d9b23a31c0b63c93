import { Command } from "commander";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "../../command-line/parse";
import { setOutputs } from "../ci/outputs";
import { buildArtifact } from "./build";
import { provenanceOf } from "./provenance";

const DESCRIPTION =
  "Builds what is promoted from environment to environment: one file, the same for the same sources, with its checksum and its provenance beside it.";

/** `npm run artifact` in the repository that is in `root`. */
export async function writeArtifact(
  parameters: readonly string[],
  root: string,
  environment: Readonly<NodeJS.ProcessEnv>,
): Promise<void> {
  const program = new Command("npm run artifact --")
    .description(DESCRIPTION)
    .option("--out <folder>", "where to put it", join("out", "artifact"));
  if (!parse(program, parameters)) return;
  const file = join(program.opts<{ out: string }>().out, "artifact.tar");
  const sha256 = await buildArtifact(root, file);
  writeFileSync(`${file}.sha256`, `${sha256}  ${basename(file)}\n`);
  const provenance = provenanceOf(basename(file), sha256, root, environment, new Date());
  writeFileSync(`${file}.provenance.json`, `${JSON.stringify(provenance, null, 2)}\n`);
  console.log(`${file}\nsha256 ${sha256}`);
  setOutputs(environment, { sha256 });
}
