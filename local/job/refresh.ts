import type { PipelineRun } from "adf-local";
import { SCORING_ACTIVITY } from "../../contract/names";

/** Keeps the results up to date while runs go on: one write at a time, and what ends meanwhile is in the next. */
export class Refresh {
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly write: () => Promise<void>,
    /** Something may have ended that no write has begun with. */
    public isBehind = true,
  ) {}

  /** Takes note of a run that ended; where it has scored, the results are written at once. */
  after({ activities }: PipelineRun): void {
    this.isBehind = true;
    if (activities.some(({ name, status }) => name === SCORING_ACTIVITY && status === "Succeeded")) this.begin();
  }

  /** Resolves when the results are those of all runs that ended. */
  async finish(): Promise<void> {
    this.begin();
    await this.writing;
  }

  private begin(): void {
    this.writing = this.writing.then(async () => {
      if (!this.isBehind) return;
      this.isBehind = false;
      await this.write();
    });
    // Whoever waits for the end hears of a failure.
    this.writing.catch(() => undefined);
  }
}
