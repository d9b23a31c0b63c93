import { Factory, type FactoryEvent, type FactoryObserver, type RunHistory, systemClock } from "adf-local";
import { ActivityLog } from "azure-laptop";
import { PIPELINES } from "../../contract/names";
import { messageOf } from "../../command-line/message";
import { UserError } from "../../command-line/user-error";
import { Cluster } from "../cluster/cluster";
import { Printed } from "../cluster/printed";
import { Workspace } from "../cluster/workspace";
import type { Cleanup } from "../command/cleanup";
import type { Progress } from "../command/progress";
import type { Runtime } from "../command/runtime";
import { Azurite } from "../storage/azurite";
import { type Blueprint, globalParameters } from "../synthesized/blueprint";
import type { RunFolder } from "./run-folder";
import { shortWaits } from "./short-waits";
import { untold } from "./untold";

/** The deployed services' stand-ins on this machine. */
export interface Platform {
  readonly blueprint: Blueprint;
  readonly azurite: Azurite;
  readonly cluster: Cluster;
  readonly factory: Factory;
  readonly history: RunHistory;
  /** The activities of the runs under way. */
  readonly activities: ActivityLog;
  /** The notebooks of the workspace. */
  readonly notebooks: Workspace;
}

export interface PlatformProps {
  readonly blueprint: Blueprint;
  readonly folder: RunFolder;
  readonly runtime: Runtime;
  readonly history: RunHistory;
  readonly progress: Progress;
  readonly cleanup: Cleanup;
  /** Whether activities are tried again as their policies say. */
  readonly retries: boolean;
}

/** The storage emulator on what the folder's runs left there, with the synthesized containers. */
export async function startStorage(
  props: Pick<PlatformProps, "blueprint" | "folder" | "progress" | "cleanup">,
): Promise<Azurite> {
  const azurite = await startAzurite(props);
  await azurite.createContainers(props.blueprint.synthesized.containers);
  return azurite;
}

/** The storage emulator on what is in a folder. */
export function startAzurite(props: {
  readonly folder: Pick<RunFolder, "at">;
  readonly progress: Progress;
  readonly cleanup: Cleanup;
}): Promise<Azurite> {
  const { folder, progress, cleanup } = props;
  const started = Azurite.start(folder.at("azurite"), folder.at("logs", "azurite.log"));
  cleanup.addWhenStarted(started, (azurite) => azurite.stop());
  return progress.step("Azurite", started);
}

/** The local Spark on the folder's tables and models. */
export function startSpark(
  props: Pick<PlatformProps, "folder" | "runtime" | "progress" | "cleanup">,
): Promise<Cluster> {
  const { folder, runtime, progress, cleanup } = props;
  return cleanup.addWhenStarted(openSpark(folder.state, runtime, progress), (cluster) => cluster.stop());
}

/** The local Spark on the tables and models in a folder; whoever opens it stops it. */
export function openSpark(state: string, { python, javaHome }: Runtime, progress: Progress): Promise<Cluster> {
  const started = Cluster.start({ python, ...(javaHome !== undefined && { javaHome }), state });
  return progress.step("Spark", started).catch((error: unknown) => {
    throw new UserError(messageOf(error));
  });
}

/** Azurite, Spark and the factory on the folder of a run; `cleanup` stops them. */
export async function startPlatform(props: PlatformProps): Promise<Platform> {
  const { blueprint, history } = props;
  const [storage, spark] = await Promise.all([startStorage(props), startSpark(props)]);
  const activities = new ActivityLog(systemClock);
  const notebooks = openWorkspace(props, spark);
  const factory = startFactory(props, notebooks, (event) => activities.observe(event));
  return { blueprint, azurite: storage, cluster: spark, factory, history, activities, notebooks };
}

/** The synthesized notebooks, which run on `spark`. */
export function openWorkspace(
  { blueprint, folder, progress }: Pick<PlatformProps, "blueprint" | "folder" | "progress">,
  spark: Cluster,
): Workspace {
  const { workspaceFiles } = blueprint.synthesized;
  const say = (line: string) => progress.say(`    ${line}`);
  return new Workspace(workspaceFiles, folder.at("workspace"), spark, say, new Printed(folder.at("printed")));
}

/** The synthesized pipelines; `observe` is told of everything. */
export function startFactory(props: PlatformProps, notebooks: Workspace, observe?: FactoryObserver): Factory {
  const { blueprint, history, progress, cleanup, retries } = props;
  const { definition } = blueprint;
  const factory = new Factory(definition, {
    globalParameters: globalParameters(blueprint),
    notebooks,
    stubs: { ...shortWaits(definition), ...untold(definition) },
    retries,
    history,
    observe: (event) => {
      observe?.(event);
      if (isTold(event)) progress.observe(event);
    },
  });
  cleanup.add(() => factory.stop());
  return factory;
}

/** There are as many rings of the doorbell as blobs: only what fails of them is told. */
export function isTold(event: FactoryEvent): boolean {
  if (event.run.pipeline !== PIPELINES.doorbell || event.kind === "attemptFailed") return true;
  const ended = event.kind === "activityEnded" ? event.activity : event.run;
  return "status" in ended && ended.status !== "Succeeded";
}
