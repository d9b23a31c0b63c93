import { mkdirSync } from "node:fs";
import path from "node:path";
import {
  BlobEvents,
  type BlobItem,
  Factory,
  type FactoryDefinition,
  FileHistory,
  HandledBlobs,
  type Json,
  type NotebookRunner,
  systemClock,
} from "adf-local";
import { ActivityLog, type RunningFactory } from "azure-laptop";
import { emulated } from "azure-laptop/containers";
import { messageOf } from "../../command-line/message";
import { UserError } from "../../command-line/user-error";
import type { Progress } from "../command/progress";
import { isTold } from "../job/platform";
import { Refresh } from "../job/refresh";
import { Results } from "../job/results";
import { MONITORED } from "../job/run-folder";
import { shortWaits } from "../job/short-waits";
import { untold } from "../job/untold";
import { watch } from "../job/watch";
import { type Blueprint, CATALOG, draw } from "../synthesized/blueprint";
import type { DeployedWorkspace } from "./deployed-workspaces";

export interface DeployedFactoryProps {
  /** Its runs, and the results. */
  readonly folder: string;
  readonly definition: FactoryDefinition;
  /** The workspace that its notebooks run in; `undefined` while there is none. */
  readonly workspace: () => DeployedWorkspace | undefined;
  /** The containers of the accounts that its triggers watch, with their blobs. */
  readonly containers: () => readonly string[];
  readonly list: () => Promise<readonly BlobItem[]>;
  readonly progress: Progress;
}

/** A factory that was deployed, with what its pipelines need: it runs from when it is made, and its triggers work. */
export class DeployedFactory implements RunningFactory {
  readonly factory: Factory;
  readonly activities = new ActivityLog(systemClock);
  readonly location = "local";
  readonly history: FileHistory;
  private readonly stopping = new AbortController();
  private readonly watched: Promise<void>;

  constructor(private readonly props: DeployedFactoryProps) {
    const { folder, definition, progress } = props;
    mkdirSync(folder, { recursive: true });
    this.history = new FileHistory(path.join(folder, "runs.jsonl"));
    const notebooks: NotebookRunner = {
      run: async (...call) => {
        const workspace = props.workspace();
        if (workspace === undefined) throw new Error("the workspace of the linked service has not been deployed here");
        return workspace.run(...call);
      },
    };
    this.factory = new Factory(definition, {
      notebooks,
      history: this.history,
      ...onThisMachine(definition),
      observe: (event) => {
        this.activities.observe(event);
        if (isTold(event)) progress.observe(event);
      },
    });
    const handled = new HandledBlobs(path.join(folder, "handled-blobs.json"));
    const events = new BlobEvents({ factory: this.factory, list: props.list, handled });
    const refresh = new Refresh(() => this.writeResults(), false);
    this.watched = watch(this, events, refresh, progress, this.stopping.signal).catch((error: unknown) =>
      progress.say(`  ✗ ${definition.name}: ${messageOf(error)}`),
    );
  }

  redefine(definition: FactoryDefinition): void {
    this.factory.redefine(definition, onThisMachine(definition));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.factory.stop(), this.watched]);
  }

  /** Predictions and report, of a factory that is this project's. */
  private async writeResults(): Promise<void> {
    const { folder, progress, workspace } = this.props;
    const blueprint = this.blueprint();
    const cluster = await workspace()?.cluster();
    if (blueprint === undefined || cluster === undefined) return;
    const at = (name: string) => path.join(folder, name);
    const places = {
      predictions: at("predictions.csv"),
      workList: at("work_list.csv"),
      report: at("report.html"),
      monitored: at(MONITORED),
    };
    const results = new Results({ blueprint, cluster, history: this.history }, places, progress);
    await results.write(this.stopping.signal);
    progress.say(`  ${results.holding}: ${places.predictions}, ${places.report}`);
  }

  private blueprint(): Blueprint | undefined {
    const { definition } = this.factory;
    const containers = this.props.containers();
    try {
      return draw({ environment: definition.name, definition, containers, workspaceFiles: [] });
    } catch (error) {
      if (error instanceof UserError) return undefined; // another project's
      throw error;
    }
  }
}

/** What is otherwise here than in Azure: places in the lake, the catalog, and waits for answers that Azure gives late. */
function onThisMachine(definition: FactoryDefinition) {
  const replaced = ([name, value]: readonly [string, Json]): readonly [string, Json] =>
    name === "catalog" ? [name, CATALOG] : [name, typeof value === "string" ? onEmulator(value) : value];
  const globalParameters = Object.fromEntries(Object.entries(definition.globalParameters).map(replaced));
  return { globalParameters, stubs: { ...shortWaits(definition), ...untold(definition) } };
}

/** `abfss://landing@account.dfs.core.windows.net/incoming` as Spark reaches it here; anything else stays as it is. */
function onEmulator(value: string): string {
  return value.replace(
    /^abfss:\/\/([^@/]+)@([^./]+)\.dfs\.core\.windows\.net/,
    (_, container: string, account: string) => `wasb://${emulated(account, container)}@devstoreaccount1`,
  );
}
