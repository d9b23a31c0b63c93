import { openFactory } from "../load";
import { type Firing, planTriggers } from "../triggers/firings";
import { type CommandLine, countOf, required, timeOf } from "./command-line";
import type { ExitCode, Output } from "./main";

/** Shows when each trigger fires next, and runs nothing. */
export function triggers(line: CommandLine, { out }: Output): ExitCode {
  const now = timeOf(line, "clock") ?? new Date();
  const planned = planTriggers(openFactory(required(line, "factory")), now, countOf(line, "next") ?? 5);
  if (planned.length === 0) out("no triggers");
  for (const { name, type, runtimeState, pipelines, next, due } of planned) {
    out(`${name} (${type}, ${runtimeState}) starts ${pipelines.join(", ") || "no pipeline"}`);
    if (type === "BlobEventsTrigger") out("  at each event of a blob that matches");
    else if (due > 0) out(`  ${due} window${due === 1 ? " is" : "s are"} due`);
    if (type !== "BlobEventsTrigger" && next.length === 0) out("  never again");
    next.forEach((firing) => out(`  ${shown(firing)}`));
  }
  return 0;
}

function shown({ time, window }: Firing): string {
  const at = (date: Date) => date.toISOString().replace(".000Z", "Z");
  return window === undefined ? at(time) : `${at(time)}  window ${at(window.start)} to ${at(window.end)}`;
}
