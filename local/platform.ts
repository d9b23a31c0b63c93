import { Azurite } from "./azurite";
import type { Cleanup } from "./cleanup";
import { Cluster } from "./cluster/cluster";
import { Factory, type FactoryDefinition, type Json, loadFactory, type RunHistory } from "adf-local";
import { type LandingRoot, parseLandingRoot } from "./landing/landing";
import type { Progress } from "./progress";
import type { RunFolder } from "./run-folder";
import type { Runtime } from "./runtime";
import type { Synthesized } from "./synthesized";
import { UserError } from "../command-line/user-error";
import { Workspace } from "./workspace";

/** Catalog of the tables on the laptop's Spark, which has no Unity Catalog. */
export const CATALOG = "spark_catalog";

/** What is checked before anything starts: the synthesized environment, ready to run. */
export interface Blueprint {
  readonly synthesized: Synthesized;
  readonly definition: FactoryDefinition;
  readonly landingRoot: LandingRoot;
  /** Global parameters that name a place in the lake, as the storage emulator has it. */
  readonly roots: Readonly<Record<string, string>>;
  readonly schema: string;
  readonly horizonHours: number;
}

/** The deployed services' stand-ins on this machine. */
export interface Platform {
  readonly blueprint: Blueprint;
  readonly azurite: Azurite;
  readonly cluster: Cluster;
  readonly factory: Factory;
  readonly history: RunHistory;
}

export function draw(synthesized: Synthesized): Blueprint {
  const { containers } = synthesized;
  const definition = loadFactory(synthesized.factory);
  const { schema, horizon_hours: horizonHours } = definition.globalParameters;
  const rootOf = (parameter: string): LandingRoot => {
    const url = definition.globalParameters[parameter];
    const root = parseLandingRoot(String(url));
    if (root === undefined)
      throw new UserError(`global parameter ${parameter} is "${url}", expected abfss://<container>@<account>/<folder>`);
    if (!containers.includes(root.container))
      throw new UserError(`${parameter} names the container "${root.container}", there are: ${containers.join(", ")}`);
    return root;
  };
  const landingRoot = rootOf("landing_root");
  const named = ["landing_root", "verification_root"].filter((name) => name in definition.globalParameters);
  const roots = Object.fromEntries(named.map((name) => [name, emulated(rootOf(name))]));
  if (typeof schema !== "string" || !(Number(horizonHours) > 0))
    throw new UserError(
      `global parameters schema and horizon_hours are "${schema}" and "${horizonHours}", expected a name and a number`,
    );
  return {
    synthesized,
    definition,
    landingRoot,
    roots,
    schema,
    horizonHours: Number(horizonHours),
  };
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

/** The factory's global parameters, as they are on this machine. */
export function globalParameters({ definition, roots }: Blueprint): Readonly<Record<string, Json>> {
  return { ...definition.globalParameters, ...roots, catalog: CATALOG };
}

/** The storage emulator on what the folder's runs left there, with the synthesized containers. */
export async function startStorage(
  props: Pick<PlatformProps, "blueprint" | "folder" | "progress" | "cleanup">,
): Promise<Azurite> {
  const { blueprint, folder, progress, cleanup } = props;
  const started = Azurite.start(folder.at("azurite"), folder.at("logs", "azurite.log"));
  cleanup.addWhenStarted(started, (azurite) => azurite.stop());
  const azurite = await progress.step("Azurite", started);
  await azurite.createContainers(blueprint.synthesized.containers);
  return azurite;
}

/** The local Spark on the folder's tables and models. */
export function startSpark(
  props: Pick<PlatformProps, "folder" | "runtime" | "progress" | "cleanup">,
): Promise<Cluster> {
  const { folder, runtime, progress, cleanup } = props;
  const { python, javaHome } = runtime;
  const started = Cluster.start({ python, ...(javaHome !== undefined && { javaHome }), state: folder.state });
  cleanup.addWhenStarted(started, (cluster) => cluster.stop());
  return progress.step("Spark", started).catch((error: unknown) => {
    throw new UserError((error as Error).message);
  });
}

export async function startPlatform(props: PlatformProps): Promise<Platform> {
  const { blueprint, folder, history, progress, cleanup, retries } = props;
  const { synthesized, definition } = blueprint;
  const [storage, spark] = await Promise.all([startStorage(props), startSpark(props)]);

  const factory = new Factory(definition, {
    globalParameters: globalParameters(blueprint),
    notebooks: new Workspace(synthesized.workspaceFiles, folder.at("workspace"), spark, (line) =>
      progress.say(`    ${line}`),
    ),
    retries,
    history,
    observe: progress.observe,
  });
  cleanup.add(() => factory.stop());
  return { blueprint, azurite: storage, cluster: spark, factory, history };
}

/** The same container and folder in the storage emulator, as Spark reads them. */
function emulated({ container, folder }: LandingRoot): string {
  return `wasb://${container}@devstoreaccount1/${folder}`;
}
