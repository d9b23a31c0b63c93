import type { Platform } from "./platform";
import type { Progress } from "./progress";
import type { RunFolder } from "./run-folder";
import { activityTable, metricsTable } from "./summary";

/** What a run leaves behind for its user. */
export class Results {
  constructor(
    private readonly platform: Platform,
    private readonly folder: RunFolder,
    private readonly progress: Progress,
  ) {}

  /** Writes the predictions and the report anew. */
  async write(signal: AbortSignal): Promise<void> {
    void signal;
  }

  show(): void {
    const { runs } = this.platform.history;
    if (runs.length === 0) return;
    this.progress.say(activityTable(runs));
    const metrics = metricsTable(runs);
    if (metrics !== undefined) this.progress.say(metrics);
  }
}
