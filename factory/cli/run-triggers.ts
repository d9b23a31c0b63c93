import type { Factory } from "../factory";
import { runUntil } from "../triggers/run-until";
import type { ExitCode, Output } from "./main";

/** Runs what the triggers of a factory start until a time, and says how much of it succeeded. */
export async function runTriggers(factory: Factory, until: Date, { out, err }: Output): Promise<ExitCode> {
  const ended = await runUntil(factory, until);
  for (const run of ended)
    if (run.status === "rejected") err(run.reason instanceof Error ? run.reason.message : String(run.reason));
  const good = ended.filter((run) => run.status === "fulfilled" && run.value.status === "Succeeded").length;
  out(`${ended.length} runs, ${good} succeeded`);
  return good === ended.length ? 0 : 1;
}
