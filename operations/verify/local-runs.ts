import type { BlobEvents, PipelineRun } from "adf-local";
import { localExit } from "../local-exit";
import type { Exit, Run } from "../pipeline-runs";
import type { VerifiedRuns } from "./verify";

/** The runs of the factory on this machine, as a verification asks for those of a deployed one. */
export class LocalRuns implements VerifiedRuns {
  private started: Promise<PipelineRun> | undefined;

  constructor(private readonly events: BlobEvents) {}

  async startedBy(trigger: string, pipeline: string): Promise<readonly Run[]> {
    const [raised] = await this.events.poll();
    if (raised === undefined) return [];
    this.started = raised.runs.then(([run]) => run!);
    return [
      { id: "local", pipeline, invokedBy: trigger, status: "InProgress", message: "", parameters: {}, start: "" },
    ];
  }

  async ended(id: string): Promise<Run> {
    const { pipeline, invokedBy, status, start } = await this.started!;
    return { id, pipeline, invokedBy, status, message: "", parameters: {}, start };
  }

  async exitOf(_: string, activity: string): Promise<Exit> {
    const { activities } = await this.started!;
    return localExit(activities, activity);
  }

  async unended(): Promise<readonly Run[]> {
    return [];
  }

  async cancel(): Promise<void> {
    return;
  }
}
