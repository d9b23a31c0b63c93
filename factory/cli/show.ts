import type { FactoryEvent } from "../runs/events";
import type { ActivityRun, PipelineRun } from "../runs/records";

/** What happened, as lines for a terminal. What only says that something begins is left out. */
export function eventLines(event: FactoryEvent): readonly string[] {
  switch (event.kind) {
    case "runStarted":
      return [`${event.run.pipeline} started by ${event.run.invokedBy}`];
    case "attemptFailed":
      return event.nextInSeconds === undefined
        ? []
        : [`  ${event.activity} failed, next attempt in ${event.nextInSeconds} s`];
    case "activityEnded":
      return [activityLine(event.activity)];
    case "runEnded":
      return [`${event.run.pipeline} ${event.run.status} (${event.run.runId})`];
    default:
      return [];
  }
}

export function activityLine({ name, type, status, error, output }: ActivityRun): string {
  const more = error ?? (output === undefined ? "" : JSON.stringify(output));
  return `  ${name} (${type}) ${status}${more === "" ? "" : `: ${more}`}`;
}

export function runLine({ runId, pipeline, invokedBy, status, start, end }: PipelineRun): string {
  return `${start}  ${end}  ${status}  ${pipeline}  by ${invokedBy}  ${runId}`;
}
