import type { Exit, Run } from "../pipeline-runs";

/** A run of the pipeline `backfill`. */
export type BackfillRun = Pick<Run, "id" | "status" | "message" | "parameters" | "start">;

/** The runs of the pipeline `backfill`: of a deployed factory, or of the one on this machine. */
export interface BackfillRuns {
  /** Workspace path of the notebook that scores now; it tells one release from another. */
  notebook(): Promise<string>;
  /** The runs that the factory remembers, the first one first. */
  all(): Promise<readonly BackfillRun[]>;
  /** Starts a run, and returns its id. */
  start(parameters: Readonly<Record<string, string>>): Promise<string>;
  /** Waits for the end of a run. */
  ended(id: string): Promise<BackfillRun>;
  /** What the scoring of a run ended with. */
  scoringOf(id: string): Promise<Exit>;
}
