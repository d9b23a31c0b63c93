import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type NotebookRunner, systemClock } from "adf-local";
import { type Kinds, type ResourceStore, SubmittedRuns, WorkspaceStore } from "azure-laptop";
import type { Cluster } from "../cluster/cluster";
import { Printed } from "../cluster/printed";
import { Workspace, type WorkspaceFile } from "../cluster/workspace";
import type { Progress } from "../command/progress";

/** The local Spark of a workspace. */
export type Spark = Pick<Cluster, "run" | "stop">;

export interface DeployedWorkspaceProps {
  /** Its files, tables and models. */
  readonly folder: string;
  /** Groups of the account that it knows. */
  readonly groups: readonly string[];
  readonly startSpark: (folder: string) => Promise<Spark>;
  readonly progress: Progress;
}

/** A Databricks workspace that was deployed: its notebooks run on a Spark of its own, which starts with the first. */
export class DeployedWorkspace implements NotebookRunner {
  readonly store: WorkspaceStore;
  /** What clients have it run. */
  readonly submitted = new SubmittedRuns(this, systemClock);
  private spark: Promise<Spark> | undefined;
  private laidOut: Workspace | undefined;
  private layouts = 0;

  constructor(private readonly props: DeployedWorkspaceProps) {
    this.store = new WorkspaceStore(path.join(props.folder, "workspace.json"));
    props.groups.forEach((group) => this.store.addAccountGroup(group));
    this.store.onChange(() => (this.laidOut = undefined));
    rmSync(path.join(props.folder, "workspace"), { recursive: true, force: true });
  }

  cluster(): Promise<Spark> {
    this.spark ??= this.props.startSpark(this.props.folder).catch((error: unknown) => {
      this.spark = undefined; // the next one tries again
      throw error;
    });
    return this.spark;
  }

  async run(notebook: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal) {
    const cluster = await this.cluster();
    signal.throwIfAborted();
    this.laidOut ??= this.layOut(cluster);
    return this.laidOut.run(notebook, parameters, signal);
  }

  /** Ends what runs; with `forget`, nothing is kept of it. */
  async stop(forget = false): Promise<void> {
    this.submitted.cancelAll();
    await this.spark?.then((cluster) => cluster.stop()).catch(() => undefined);
    if (forget) rmSync(this.props.folder, { recursive: true, force: true });
  }

  /** In a folder of its own: notebooks that run have the files of before. */
  private layOut(cluster: Spark): Workspace {
    const { folder, progress } = this.props;
    const uploads = path.join(folder, "workspace", "uploads");
    mkdirSync(uploads, { recursive: true });
    const files = this.store.files().map(({ path: workspacePath, isNotebook, content }): WorkspaceFile => {
      const source = path.join(uploads, createHash("sha256").update(content).digest("hex"));
      if (!existsSync(source)) writeFileSync(source, content);
      return { path: workspacePath, isNotebook, source };
    });
    const place = path.join(folder, "workspace", String((this.layouts += 1)));
    const say = (line: string) => progress.say(`    ${line}`);
    return new Workspace(files, place, cluster, say, new Printed(path.join(folder, "printed")));
  }
}

const WORKSPACES = "Microsoft.Databricks/workspaces";

/** The workspaces that have been deployed, by their hosts. */
export class DeployedWorkspaces {
  private readonly opened = new Map<string, DeployedWorkspace>();

  constructor(
    private readonly resources: ResourceStore,
    private readonly open: (name: string) => DeployedWorkspace,
  ) {}

  /** `undefined` where no such workspace was deployed. */
  of(host: string): DeployedWorkspace | undefined {
    const deployed = this.resources.ofType(WORKSPACES).find(({ properties }) => properties["workspaceUrl"] === host);
    if (deployed === undefined) return undefined;
    const workspace = this.opened.get(host) ?? this.open(deployed.name);
    this.opened.set(host, workspace);
    return workspace;
  }

  /** One that is deleted goes with all that was in it. */
  kinds(): Kinds {
    return {
      [WORKSPACES.toLowerCase()]: {
        afterDelete: async ({ name, properties }) => {
          const host = String(properties["workspaceUrl"]);
          await (this.opened.get(host) ?? this.open(name)).stop(true);
          this.opened.delete(host);
        },
      },
    };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.opened.values()].map((workspace) => workspace.stop()));
  }
}
