import { Command } from "commander";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "../../command-line/parse";
import { setOutputs } from "../ci/outputs";
import { runOperation } from "../command";
import { buildArtifact } from "./build";
import { provenanceOf } from "./provenance";

const DESCRIPTION =
  "Builds what is promoted from environment to environment: one file, the same for the same sources, with its checksum and its provenance beside it.";

void runOperation(async () => {
  const program = new Command("npm run artifact --")
    .description(DESCRIPTION)
    .option("--out <folder>", "where to put it", join("out", "artifact"));
  if (!parse(program, process.argv.slice(2))) return;
  const root = join(__dirname, "..", "..");
  const file = join(program.opts<{ out: string }>().out, "artifact.tar");
  const sha256 = await buildArtifact(root, file);
  writeFileSync(`${file}.sha256`, `${sha256}  ${basename(file)}\n`);
  const provenance = provenanceOf(basename(file), sha256, root, process.env, new Date());
  writeFileSync(`${file}.provenance.json`, `${JSON.stringify(provenance, null, 2)}\n`);
  console.log(`${file}\nsha256 ${sha256}`);
  setOutputs(process.env, { sha256 });
});
