import { existsSync } from "node:fs";
import { Coverage } from "../coverage/coverage";
import { coverageLines } from "../coverage/report";
import { FactoryError } from "../factory-error";
import { openFactory } from "../load";
import { monitoredActivities, monitoredRuns, monitoredTriggerRuns } from "../runs/monitoring";
import { type HistoryContent, readHistory } from "../runs/run-history";
import { type CommandLine, required, UsageError } from "./command-line";
import type { ExitCode, Output } from "./main";
import { activityLine, runLine } from "./show";

/** Shows the runs that a file remembers, or one of them with its activities; or what of a factory none of them has run. */
export function runs(line: CommandLine, { out }: Output): ExitCode {
  const file = required(line, "history");
  const { subject, coverage = false, json = false } = line;
  if (coverage && (subject !== undefined || json)) throw new UsageError("--coverage is for all runs of a history");
  const place = coverage ? required(line, "factory") : undefined;
  if (!existsSync(file)) throw new FactoryError(`${file} does not exist`);
  const history = readHistory(file);
  if (place !== undefined) coverageOf(history, place).forEach((text) => out(text));
  else if (subject !== undefined) one(history, file, subject, json).forEach((text) => out(text));
  else all(history, json).forEach((text) => out(text));
  return 0;
}

function coverageOf({ runs }: HistoryContent, place: string): readonly string[] {
  const coverage = new Coverage(openFactory(place).pipelines);
  runs.forEach((run) => coverage.add(run));
  return coverageLines(coverage.result);
}

function all({ runs, triggerRuns }: HistoryContent, json: boolean): readonly string[] {
  if (json) return [asJson({ pipelineRuns: monitoredRuns(runs), triggerRuns: monitoredTriggerRuns(triggerRuns) })];
  return runs.length === 0 ? ["no runs"] : runs.map(runLine);
}

/** Those whose id begins with what is given. */
function one({ runs }: HistoryContent, file: string, subject: string, json: boolean): readonly string[] {
  const found = runs.filter(({ runId }) => runId.startsWith(subject));
  if (found.length === 0) throw new FactoryError(`${file} has no run "${subject}"`);
  if (json) {
    const pipelineRuns = monitoredRuns(runs).filter(({ runId }) => runId.startsWith(subject));
    return [asJson({ pipelineRuns, activityRuns: found.flatMap(monitoredActivities) })];
  }
  return found.flatMap((run) => [
    runLine(run),
    `  parameters ${JSON.stringify(run.parameters)}`,
    ...run.activities.map(activityLine),
  ]);
}

function asJson(value: object): string {
  return JSON.stringify(value, undefined, 2);
}
