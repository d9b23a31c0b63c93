import { Command } from "commander";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "../../command-line/parse";
import { runCommand } from "../../local/command/command";
import { parseCommandLine } from "../../local/job/options";
import { readPredictions, writePredictions } from "./predictions";
import { rehearse } from "./rehearse";
import { requireExpected } from "./verify";

const DESCRIPTION =
  "Runs the verification of a deployment on this machine: the synthesized pipeline on a known plant, with its predictions compared with the expected ones.";

void runCommand("stopped", async (context) => {
  const program = new Command("npm run verification --")
    .description(DESCRIPTION)
    .option("--environment <name>", "whose stacks run", "dev")
    .option("--out <folder>", "state of the run", join("out", "verification"))
    .option("--accept", "make this result the expected one");
  if (!parse(program, process.argv.slice(2))) return undefined;
  const { environment, out, accept } = program.opts<{ environment: string; out: string; accept?: true }>();
  const options = { ...parseCommandLine([])!.options, environment };
  const root = resolve(__dirname, "..", "..");
  const predictions = await rehearse({ root, options, out: resolve(out) }, context);
  const file = join(__dirname, "expected.csv");
  if (accept) writeFileSync(file, writePredictions(predictions));
  requireExpected(readPredictions(readFileSync(file, "utf8")), predictions);
  return undefined;
});
