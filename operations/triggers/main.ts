import { join } from "node:path";
import { namesOf } from "../../environments/naming";
import { readNotebooks } from "../../pipelines/language/notebooks";
import { pipelinesOf } from "../../pipelines/pipelines";
import { triggers } from "../../pipelines/triggers";
import { azureOf } from "../laptop";
import { runOperation } from "../command";
import { factoryOf } from "../factory";
import { operateTriggers } from "./operate";
import { readRequest } from "./request";

void runOperation(async () => {
  const request = readRequest(process.argv.slice(2));
  if (request === undefined) return;
  const { action, settings, options } = request;
  const names = namesOf(settings);
  const release = {
    root: names.workspaceFolder,
    notebooks: readNotebooks(join(__dirname, "..", "..", "notebooks")),
    linkedServiceName: names.linkedService,
  };
  await operateTriggers(action, {
    ...factoryOf(settings, azureOf(options, process.env)),
    declared: triggers(pipelinesOf(release, names, settings.scoring), settings, names).map(({ name }) => name),
    patience: { timeout: 15 * 60_000, interval: 5_000 },
  });
});
