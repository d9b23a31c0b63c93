import type { Factory, PipelineRun } from "adf-local";
import { z } from "zod";
import { PIPELINES, SCORING_ACTIVITY } from "../../contract/names";
import { localExit } from "../local-exit";
import type { Exit } from "../pipeline-runs";
import type { BackfillRun, BackfillRuns } from "./backfill-runs";

const texts = z.record(z.string(), z.string());

/** The backfills of the factory on this machine. */
export class LocalRuns implements BackfillRuns {
  private readonly started = new Map<string, Promise<PipelineRun>>();

  constructor(
    private readonly factory: Factory,
    /** Workspace path of the notebook that scores. */
    private readonly scoringNotebook: string,
  ) {}

  async notebook(): Promise<string> {
    return this.scoringNotebook;
  }

  async all(): Promise<readonly BackfillRun[]> {
    return this.factory.history.runs.filter(({ pipeline }) => pipeline === PIPELINES.backfill).map(read);
  }

  async start(parameters: Readonly<Record<string, string>>): Promise<string> {
    const { runId, ended } = this.factory.start(PIPELINES.backfill, { parameters });
    this.started.set(
      runId,
      ended.then(({ run }) => run),
    );
    return runId;
  }

  async ended(id: string): Promise<BackfillRun> {
    return read(await this.started.get(id)!);
  }

  async scoringOf(id: string): Promise<Exit> {
    const { activities = [] } = this.factory.history.runs.find(({ runId }) => runId === id) ?? {};
    return localExit(activities, SCORING_ACTIVITY);
  }
}

const read = ({ runId, status, message = "", parameters, start }: PipelineRun): BackfillRun => ({
  id: runId,
  status,
  message,
  parameters: texts.parse(parameters),
  start,
});
