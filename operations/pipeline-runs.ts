import type { PipelineRun, RunQueryFilter } from "@azure/arm-datafactory";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { checked } from "../command-line/json";
import { UserError } from "../command-line/user-error";
import { isNotFound } from "./azure-errors";
import type { DeployedFactory } from "./factory";
import type { Patience } from "./wait";

/** A pipeline run as the factory has it. */
export interface Run {
  readonly id: string;
  readonly pipeline: string;
  /** Name of the trigger, or how else it was started. */
  readonly invokedBy: string;
  /** Azure's `Queued`, `InProgress`, `Canceling`, `Succeeded`, `Failed` or `Cancelled`. */
  readonly status: string;
  readonly message: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** ISO 8601 in UTC. */
  readonly start: string;
}

/** What an activity that runs a notebook ended with. */
export interface Exit {
  /** The exit value. */
  readonly exit?: unknown;
  /** The error of the first activity of the run that failed. */
  readonly error?: string;
  /** Workspace path of the notebook. */
  readonly notebook?: string;
}

const UNENDED = ["Queued", "InProgress", "Canceling"];

/** Whether a run waits or is under way. */
export const isUnended = ({ status }: Pick<Run, "status">): boolean => UNENDED.includes(status);

/** Azure keeps what it knows of runs that long. Source: Azure, "Monitor Data Factory". */
const KEPT_DAYS = 45;

const failure = z.object({ message: z.string() }).catch({ message: "" });
const notebookOutput = z.object({ runOutput: z.unknown().optional() }).catch({});
/** What of an activity that runs a notebook says which. */
export const notebookActivity = z.object({ notebookPath: z.string() });

/** The pipeline runs of a deployed factory. */
export class PipelineRuns {
  constructor(private readonly deployed: DeployedFactory) {}

  /** Runs that wait or are under way; none where there is no factory. */
  async unended(): Promise<readonly Run[]> {
    return this.query([{ operand: "Status", operator: "In", values: [...UNENDED] }]);
  }

  /** Runs of a pipeline that a trigger has started, the first one first. */
  async startedBy(trigger: string, pipeline: string): Promise<readonly Run[]> {
    return (await this.of(pipeline)).filter(({ invokedBy }) => invokedBy === trigger);
  }

  /** Runs of a pipeline that Azure remembers, the first one first. */
  async of(pipeline: string): Promise<readonly Run[]> {
    return this.query([{ operand: "PipelineName", operator: "Equals", values: [pipeline] }]);
  }

  /** Starts a pipeline, with its defaults for parameters that are not given, and returns the id of the run. */
  async start(pipeline: string, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
    const { client, resourceGroup, factory } = this.deployed;
    return (await client.pipelines.createRun(resourceGroup, factory, pipeline, { parameters })).runId;
  }

  /** Workspace path of the notebook that an activity of a pipeline runs now. Throws `UserError` where the factory has no such pipeline. */
  async notebookOf(pipeline: string, activity: string): Promise<string> {
    const { client, resourceGroup, factory } = this.deployed;
    const { activities } = await client.pipelines.get(resourceGroup, factory, pipeline).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
      throw new UserError(`the factory ${factory} has no pipeline ${pipeline}: deploy the environment's stacks first`);
    });
    const found = activities?.find(({ name }) => name === activity);
    return checked(`the pipeline ${pipeline}`, notebookActivity, found).notebookPath;
  }

  async cancel(id: string): Promise<void> {
    const { client, resourceGroup, factory } = this.deployed;
    await client.pipelineRuns.cancel(resourceGroup, factory, id);
  }

  /** The last run of a pipeline that Azure remembers. */
  async last(pipeline: string): Promise<Run | undefined> {
    return (await this.of(pipeline)).at(-1);
  }

  /** Asks for a run until it has ended or time is up, and tells of each state; a run that has not ended is returned as it is. */
  async ended(id: string, { timeout, interval }: Patience): Promise<Run> {
    const { client, resourceGroup, factory } = this.deployed;
    let told = "";
    for (const end = Date.now() + timeout; ; await sleep(interval)) {
      const run = read(await client.pipelineRuns.get(resourceGroup, factory, id));
      if (run.status !== told) console.log(`${describe(run)} is ${run.status}`);
      told = run.status;
      if (!isUnended(run) || Date.now() >= end) return run;
    }
  }

  /** What the notebook of an activity exited with; only the error of the first activity that failed, where there is one. */
  async exitOf(id: string, activity: string): Promise<Exit> {
    const { client, resourceGroup, factory } = this.deployed;
    const { value } = await client.activityRuns.queryByPipelineRun(resourceGroup, factory, id, ever());
    const failed = value.find(({ status }) => status === "Failed");
    if (failed !== undefined) return { error: `${failed.activityName}: ${failure.parse(failed.error).message}` };
    const asked = value.find(({ activityName }) => activityName === activity);
    const { data: input } = notebookActivity.safeParse(asked?.input);
    return { exit: notebookOutput.parse(asked?.output).runOutput, ...(input && { notebook: input.notebookPath }) };
  }

  private async query(filters: RunQueryFilter[]): Promise<readonly Run[]> {
    const { client, resourceGroup, factory } = this.deployed;
    const runs: Run[] = [];
    for (let continuationToken: string | undefined; ;) {
      const page = await client.pipelineRuns
        .queryByFactory(resourceGroup, factory, {
          ...ever(),
          filters,
          orderBy: [{ orderBy: "RunStart", order: "ASC" }],
          ...(continuationToken !== undefined && { continuationToken }),
        })
        .catch((error: unknown) => {
          if (isNotFound(error)) return { value: [], continuationToken: undefined };
          throw error;
        });
      runs.push(...page.value.map(read));
      if (!page.continuationToken) return runs;
      continuationToken = page.continuationToken;
    }
  }
}

export const describe = ({ pipeline, id, invokedBy }: Run): string => `${pipeline} ${id} (${invokedBy})`;

function ever() {
  const day = 24 * 60 * 60_000;
  return { lastUpdatedAfter: new Date(Date.now() - KEPT_DAYS * day), lastUpdatedBefore: new Date(Date.now() + day) };
}

const read = ({ runId, pipelineName, invokedBy, status, message, parameters, runStart }: PipelineRun): Run => ({
  id: runId ?? "",
  pipeline: pipelineName ?? "",
  invokedBy: invokedBy?.name ?? "",
  status: status ?? "Unknown",
  message: message ?? "",
  parameters: parameters ?? {},
  start: runStart?.toISOString() ?? "",
});
