import { isSameName } from "../json";
import type { PipelineRun, TriggerRun } from "../runs/records";
import type { HistoryContent } from "../runs/run-history";
import type { TumblingWindowTrigger } from "./trigger-source";

/** What a history tells of a window: its status where it has ended, and how often it has failed. */
export interface PastWindow {
  readonly status: PipelineRun["status"] | undefined;
  readonly failures: number;
}

/** What became of the windows of a trigger in earlier processes, by the window's start in milliseconds since 1970. */
export function pastWindows(history: HistoryContent, trigger: TumblingWindowTrigger): ReadonlyMap<number, PastWindow> {
  const statuses = new Map(history.runs.map(({ runId, status }) => [runId, status]));
  const { count } = trigger.properties.typeProperties.retryPolicy;
  const past = new Map<number, PastWindow>();
  for (const run of history.triggerRuns) {
    const start = Date.parse(run.properties["windowStartTime"] ?? "");
    if (!isSameName(run.trigger, trigger.name) || Number.isNaN(start)) continue;
    const status = statusOf(run, statuses);
    const failures = (past.get(start)?.failures ?? 0) + (status === "Failed" ? 1 : 0);
    // While its policy has attempts left, a window that failed has not ended.
    past.set(start, { status: status === "Failed" && failures <= count ? undefined : status, failures });
  }
  return past;
}

/** `undefined` where the process ended before the run. */
function statusOf(
  { status, runs }: TriggerRun,
  statuses: ReadonlyMap<string, PipelineRun["status"]>,
): PipelineRun["status"] | undefined {
  if (status === "Failed") return "Failed";
  const [runId] = Object.values(runs);
  return runId === undefined ? "Succeeded" : statuses.get(runId);
}
