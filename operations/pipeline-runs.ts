import type { PipelineRun, RunQueryFilter } from "@azure/arm-datafactory";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
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
}

const UNENDED = ["Queued", "InProgress", "Canceling"];

/** Azure keeps what it knows of runs that long. Source: Azure, "Monitor Data Factory". */
const KEPT_DAYS = 45;

const failure = z.object({ message: z.string() }).catch({ message: "" });
const notebookOutput = z.object({ runOutput: z.unknown().optional() }).catch({});

/** The pipeline runs of a deployed factory. */
export class PipelineRuns {
  constructor(private readonly deployed: DeployedFactory) {}

  /** Runs that wait or are under way; none where there is no factory. */
  async unended(): Promise<readonly Run[]> {
    return this.query([{ operand: "Status", operator: "In", values: [...UNENDED] }]);
  }

  /** Runs of a pipeline that a trigger has started, the first one first. */
  async startedBy(trigger: string, pipeline: string): Promise<readonly Run[]> {
    const runs = await this.query([{ operand: "PipelineName", operator: "Equals", values: [pipeline] }]);
    return runs.filter(({ invokedBy }) => invokedBy === trigger);
  }

  /** Starts a pipeline with its default parameters, and returns the id of the run. */
  async start(pipeline: string): Promise<string> {
    const { client, resourceGroup, factory } = this.deployed;
    return (await client.pipelines.createRun(resourceGroup, factory, pipeline)).runId;
  }

  async cancel(id: string): Promise<void> {
    const { client, resourceGroup, factory } = this.deployed;
    await client.pipelineRuns.cancel(resourceGroup, factory, id);
  }

  /** The last run of a pipeline that Azure remembers. */
  async last(pipeline: string): Promise<Run | undefined> {
    return (await this.query([{ operand: "PipelineName", operator: "Equals", values: [pipeline] }])).at(-1);
  }

  /** Asks for a run until it has ended or time is up, and tells of each state; a run that has not ended is returned as it is. */
  async ended(id: string, { timeout, interval }: Patience): Promise<Run> {
    const { client, resourceGroup, factory } = this.deployed;
    let told = "";
    for (const end = Date.now() + timeout; ; await sleep(interval)) {
      const run = read(await client.pipelineRuns.get(resourceGroup, factory, id));
      if (run.status !== told) console.log(`${describe(run)} is ${run.status}`);
      told = run.status;
      if (!UNENDED.includes(run.status) || Date.now() >= end) return run;
    }
  }

  /** What the notebook of an activity exited with; the error of the first activity that failed, where there is none. */
  async exitOf(id: string, activity: string): Promise<{ readonly exit?: unknown; readonly error?: string }> {
    const { client, resourceGroup, factory } = this.deployed;
    const { value } = await client.activityRuns.queryByPipelineRun(resourceGroup, factory, id, ever());
    const failed = value.find(({ status }) => status === "Failed");
    if (failed !== undefined) return { error: `${failed.activityName}: ${failure.parse(failed.error).message}` };
    const asked = value.find(({ activityName }) => activityName === activity);
    return { exit: notebookOutput.parse(asked?.output).runOutput };
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

const read = ({ runId, pipelineName, invokedBy, status, message }: PipelineRun): Run => ({
  id: runId ?? "",
  pipeline: pipelineName ?? "",
  invokedBy: invokedBy?.name ?? "",
  status: status ?? "Unknown",
  message: message ?? "",
});
