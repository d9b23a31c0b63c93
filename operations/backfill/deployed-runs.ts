import { PIPELINES, SCORING_ACTIVITY } from "../../contract/names";
import type { Exit, PipelineRuns } from "../pipeline-runs";
import type { Patience } from "../wait";
import type { BackfillRun, BackfillRuns } from "./backfill-runs";

/** The backfills of a deployed factory. */
export class DeployedRuns implements BackfillRuns {
  constructor(
    private readonly runs: PipelineRuns,
    /** How long a run may take, and how often to ask. */
    private readonly patience: Patience,
  ) {}

  notebook(): Promise<string> {
    return this.runs.notebookOf(PIPELINES.backfill, SCORING_ACTIVITY);
  }

  all(): Promise<readonly BackfillRun[]> {
    return this.runs.of(PIPELINES.backfill);
  }

  start(parameters: Readonly<Record<string, string>>): Promise<string> {
    return this.runs.start(PIPELINES.backfill, parameters);
  }

  ended(id: string): Promise<BackfillRun> {
    return this.runs.ended(id, this.patience);
  }

  scoringOf(id: string): Promise<Exit> {
    return this.runs.exitOf(id, SCORING_ACTIVITY);
  }
}
