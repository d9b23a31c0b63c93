import { existsSync } from "node:fs";
import { FactoryError } from "../factory-error";
import { readHistory } from "../runs/run-history";
import { type CommandLine, required } from "./command-line";
import type { ExitCode, Output } from "./main";
import { activityLine, runLine } from "./show";

/** Shows the runs that a file remembers, or one of them with its activities. */
export function runs(line: CommandLine, { out }: Output): ExitCode {
  const file = required(line, "history");
  const { subject } = line;
  if (!existsSync(file)) throw new FactoryError(`${file} does not exist`);
  const found = readHistory(file).runs.filter(({ runId }) => subject === undefined || runId.startsWith(subject));
  if (subject !== undefined && found.length === 0) throw new FactoryError(`${file} has no run "${subject}"`);
  if (found.length === 0) out("no runs");
  for (const run of found) {
    out(runLine(run));
    if (subject === undefined) continue;
    out(`  parameters ${JSON.stringify(run.parameters)}`);
    run.activities.forEach((activity) => out(activityLine(activity)));
  }
  return 0;
}
