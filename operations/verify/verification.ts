import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runCommand } from "../../local/command/command";
import { parseCommandLine } from "../../local/job/options";
import { readPredictions, writePredictions } from "./predictions";
import { rehearse } from "./rehearse";
import { readRehearsal } from "./request";
import { requireExpected } from "./verify";

/** `npm run verification` in the repository that is in `root`. */
export function verification(parameters: readonly string[], root: string): Promise<never> {
  return runCommand("stopped", async (context) => {
    const rehearsal = readRehearsal(parameters);
    if (rehearsal === undefined) return undefined;
    const { environment, out, accept } = rehearsal;
    const options = { ...parseCommandLine([])!.options, environment };
    const predictions = await rehearse({ root, options, out: resolve(out) }, context);
    const file = join(__dirname, "expected.csv");
    if (accept) writeFileSync(file, writePredictions(predictions));
    requireExpected(readPredictions(readFileSync(file, "utf8")), predictions);
    return undefined;
  });
}
