import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runCommand } from "../../local/command/command";
import { parseCommandLine } from "../../local/job/options";
import { readPredictions, writePredictions } from "./predictions";
import { rehearse } from "./rehearse";
import { readRehearsal } from "./request";
import { requireExpected } from "./verify";

void runCommand("stopped", async (context) => {
  const rehearsal = readRehearsal(process.argv.slice(2));
  if (rehearsal === undefined) return undefined;
  const { environment, out, accept } = rehearsal;
  const options = { ...parseCommandLine([])!.options, environment };
  const root = resolve(__dirname, "..", "..");
  const predictions = await rehearse({ root, options, out: resolve(out) }, context);
  const file = join(__dirname, "expected.csv");
  if (accept) writeFileSync(file, writePredictions(predictions));
  requireExpected(readPredictions(readFileSync(file, "utf8")), predictions);
  return undefined;
});
