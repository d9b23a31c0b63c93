import { z } from "zod";
import { UserError } from "../../command-line/user-error";
import type { ResourceManager } from "../resource-manager";

const VERSION = "2018-06-01";
const DAY = 86_400_000;
/** Runs that the page shows. */
const SHOWN = 50;

const resource = z.looseObject({ name: z.string(), properties: z.looseObject({}) });
const run = z.looseObject({ runId: z.string(), pipelineName: z.string(), status: z.string() });
const activity = z.looseObject({ activityName: z.string(), status: z.string() });
const page = <T>(shape: z.ZodType<T>) => z.object({ value: z.array(shape) });

export type Resource = z.infer<typeof resource>;
export type ShownRun = z.infer<typeof run>;
export type ShownActivity = z.infer<typeof activity>;

/** A factory as its REST API shows it: in Azure, or on this machine. */
export class FactoryView {
  constructor(
    private readonly manager: ResourceManager,
    /** Where the factory is in Azure. */
    private readonly id: string,
  ) {}

  /** What of a kind the factory has; none where there is no factory. */
  async resources(kind: "pipelines" | "triggers"): Promise<readonly Resource[]> {
    return (await this.manager.list(`${this.id}/${kind}`, VERSION, resource)) ?? [];
  }

  /** The last runs, the newest first. */
  async runs(now = Date.now()): Promise<readonly ShownRun[]> {
    const question = {
      lastUpdatedAfter: new Date(now - 30 * DAY).toISOString(),
      lastUpdatedBefore: new Date(now + DAY).toISOString(),
      orderBy: [{ orderBy: "RunStart", order: "DESC" }],
    };
    const { value } = await this.manager.post(`${this.id}/queryPipelineRuns`, VERSION, page(run), question);
    return value.slice(0, SHOWN);
  }

  /** The activities of a run, in the order in which they began. */
  async activities(runId: string): Promise<readonly ShownActivity[]> {
    const question = {
      lastUpdatedAfter: new Date(0).toISOString(),
      lastUpdatedBefore: new Date(Date.now() + DAY).toISOString(),
      orderBy: [{ orderBy: "ActivityRunStart", order: "ASC" }],
    };
    const path = `${this.runPath(runId)}/queryActivityruns`;
    return (await this.manager.post(path, VERSION, page(activity), question)).value;
  }

  async cancel(runId: string): Promise<void> {
    await this.manager.post(`${this.runPath(runId)}/cancel`, VERSION, z.unknown(), {}, { isRecursive: "true" });
  }

  /** Runs a pipeline like an earlier time, all of it or from what failed, and returns the id of the new run. */
  async rerun(runId: string, fromFailure: boolean): Promise<string> {
    const { pipelineName } = (await this.manager.get(this.runPath(runId), VERSION, run)) ?? {};
    if (pipelineName === undefined) throw new UserError(`the factory has no run ${runId}`);
    const path = `${this.id}/pipelines/${encodeURIComponent(pipelineName)}/createRun`;
    const query = {
      referencePipelineRunId: runId,
      isRecovery: "true",
      ...(fromFailure && { startFromFailure: "true" }),
    };
    return (await this.manager.post(path, VERSION, z.object({ runId: z.string() }), {}, query)).runId;
  }

  private runPath(runId: string): string {
    return `${this.id}/pipelineruns/${encodeURIComponent(runId)}`;
  }
}
