import { PIPELINES } from "../../contract/names";
import type { ContainerClient } from "@azure/storage-blob";
import { namesOf } from "../../environments/naming";
import { PLANS, RELEASES } from "../../components/storage/state-account";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import type { Azure } from "../azure";
import { containerOf } from "../container";
import { factoryOf } from "../factory";
import { PipelineRuns } from "../pipeline-runs";
import { FactoryTriggers } from "../triggers/factory-triggers";
import { ResourceManager } from "../resource-manager";
import type { Around } from "./apply";
import { FactoryTraffic } from "./factory-traffic";
import { EnvironmentFolder } from "./environment-folder";
import { DeletionLocks } from "./locks";
import { Releases } from "./releases";
import { SharedPlans } from "./shared-plans";

/** The pipeline that takes in whatever has landed and is not scored yet. */
export const CATCH_UP = PIPELINES.scoring;

const MINUTE = 60_000;

/** An environment as whoever is signed in deploys it. */
export interface Deployed {
  readonly runs: PipelineRuns;
  /** The triggers that the artifact in the folder declares. */
  readonly triggers: () => FactoryTriggers;
  readonly releases: Releases;
  readonly plans: SharedPlans;
  /** The container that only verifications write to. */
  readonly verification: ContainerClient;
  readonly around: () => Around;
}

/** Azure's side of an environment. */
export function deployed(
  settings: EnvironmentSettings,
  folder: EnvironmentFolder,
  waitMinutes: number,
  azure: Azure,
): Deployed {
  const names = namesOf(settings);
  const states = settings.state.storageAccountName;
  const factory = factoryOf(settings, azure);
  const runs = new PipelineRuns(factory);
  const triggers = () =>
    new FactoryTriggers({
      ...factory,
      declared: folder.triggers,
      patience: { timeout: 15 * MINUTE, interval: 5_000 },
    });
  const releases = new Releases(containerOf(azure, states, RELEASES), settings.name, folder.artifact);
  return {
    runs,
    triggers,
    releases,
    plans: new SharedPlans(containerOf(azure, states, PLANS), settings.name),
    verification: containerOf(azure, names.storageAccount, names.verificationContainer),
    around: () => ({
      traffic: new FactoryTraffic({
        triggers: triggers(),
        runs,
        catchUp: CATCH_UP,
        patience: { timeout: waitMinutes * MINUTE, interval: 15_000 },
      }),
      ledger: releases,
      locks: new DeletionLocks(new ResourceManager(azure), names.resourceGroup, 10_000),
    }),
  };
}
