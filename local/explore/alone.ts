import { FileHistory, lastCall } from "adf-local";
import { asWrongUse } from "../command/command";
import { openWorkspace, startSpark, startStorage } from "../job/platform";
import { requireFreePort } from "../storage/azurite";
import { globalParameters } from "../synthesized/blueprint";
import type { Opened } from "./opened";

/** Runs a notebook of the pipelines once, with the widgets of its last run; the history of runs stays as it is. Returns the closing line. */
export async function runAlone(opened: Opened): Promise<string> {
  const { name, blueprint, folder, progress, signal } = opened;
  const { activity, path, parameters, run } = asWrongUse("", () =>
    lastCall({
      name,
      definition: blueprint.definition,
      runs: new FileHistory(folder.at("runs.jsonl")).runs,
      globalParameters: globalParameters(blueprint),
    }),
  );
  const widgets = Object.entries(parameters);
  progress.say(`${activity} as in the run of ${run.pipeline} that started at ${run.start}, with`);
  for (const [widget, value] of widgets) progress.say(`    ${widget} = ${value}`);

  const needsStorage = widgets.some(([, value]) => value.includes("wasb:"));
  if (needsStorage) await requireFreePort();
  const [, spark] = await Promise.all([needsStorage ? startStorage(opened) : undefined, startSpark(opened)]);
  const workspace = openWorkspace(opened, spark);
  const { exitValue } = await progress.step(activity, workspace.run(path, parameters, signal));
  return exitValue === undefined ? "no exit value" : `exit value: ${exitValue}`;
}
