import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { NEW_BLOBS_TRIGGER } from "../../contract/names";
import { UserError } from "../../command-line/user-error";
import { namesOf } from "../../environments/naming";
import { readRuntime } from "../../local/command/runtime";
import { prepareLanding, simulate } from "../../local/job/data";
import { runOperation } from "../command";
import { containerOf } from "../container";
import { factoryOf } from "../factory";
import { azureOf } from "../laptop";
import { PipelineRuns } from "../pipeline-runs";
import { FactoryTriggers, requireOn } from "../triggers/factory-triggers";
import { landPlant } from "./land";
import { readRequest } from "./request";

const MINUTE = 60_000;
/** An event may be late, and a run waits for the cluster. */
const PATIENCE = { timeout: 90 * MINUTE, interval: 15_000 };
const SEED = 42;

void runOperation(async () => {
  const request = readRequest(process.argv.slice(2));
  if (request === undefined) return;
  const { settings, options } = request;
  const azure = azureOf(options, process.env);
  if (options.data === undefined && options.local === undefined)
    throw new UserError("--data: a plant is simulated only for what runs on this machine (--local)", 2);
  const factory = factoryOf(settings, azure);
  await requireOn(
    new FactoryTriggers({ ...factory, declared: [], patience: PATIENCE }),
    NEW_BLOBS_TRIGGER,
    settings.name,
  );

  const root = resolve(__dirname, "../..");
  const work = join(root, ".runtime", "landing", settings.name);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const folder = { at: (...names: readonly string[]) => join(work, ...names) };
  const { data, machines, days, trainTo } = options;
  const plant =
    data ??
    (await simulate(
      { machines, days, seed: SEED, gaps: 0, dirty: 0, faulty: 0, newModel: 0 },
      folder,
      readRuntime(root).python,
      neverAborted(),
    ));
  const files = await prepareLanding(plant, { blobDays: 1, ...(trainTo !== undefined && { trainTo }) }, folder);
  const { storageAccount, landingContainer } = namesOf(settings);
  await landPlant({
    landing: containerOf(azure, storageAccount, landingContainer),
    files,
    folder: folder.at("landing"),
    runs: new PipelineRuns(factory),
    patience: options.local === undefined ? PATIENCE : { ...PATIENCE, interval: 1_000 },
  });
});

const neverAborted = (): AbortSignal => new AbortController().signal;
