import path from "node:path";
import { isObject } from "./factory/json";
import { CATALOG, type Platform } from "./platform";
import type { Progress } from "./progress";
import type { Findings } from "./report/findings";
import type { RunFolder } from "./run-folder";
import { activityTable, machinesTable, metricsTable } from "./summary";

/** What a run leaves behind for its user. */
export class Results {
  private findings: Findings | undefined;

  constructor(
    private readonly platform: Platform,
    private readonly folder: RunFolder,
    private readonly progress: Progress,
  ) {}

  /** Writes the predictions and the report anew. */
  async write(signal: AbortSignal): Promise<void> {
    this.findings = await this.progress.step("writing predictions and report", this.collect(signal));
  }

  /** Shows the tables, and where the files are. */
  show(): void {
    const { runs } = this.platform.history;
    if (runs.length === 0) return;
    this.progress.say(activityTable(runs));
    const metrics = metricsTable(runs);
    if (metrics !== undefined) this.progress.say(metrics);
    if (this.findings === undefined) return;
    this.progress.say(machinesTable(this.findings.risks));
    this.progress.say(`predictions: ${this.folder.predictions}\nreport:      ${this.folder.report}`);
  }

  private async collect(signal: AbortSignal): Promise<Findings> {
    const { blueprint, cluster } = this.platform;
    const { exitValue } = await cluster.run({
      runId: "report",
      name: "report",
      file: path.join(__dirname, "report", "collect.py"),
      parameters: {
        catalog: CATALOG,
        schema: blueprint.schema,
        horizon_hours: blueprint.horizonHours,
        unseen_from: this.unseenFrom(),
        predictions_csv: this.folder.predictions,
      },
      signal,
    });
    return JSON.parse(exitValue!) as Findings;
  }

  /** The end of the last window that the newest model has seen, on the hold-out or before; empty without a model. */
  private unseenFrom(): string {
    const outputs = this.platform.history.runs.flatMap(({ activities }) => activities.map(({ output }) => output));
    const ends = outputs.flatMap((output) => {
      const runOutput = output?.["runOutput"];
      return isObject(runOutput) && typeof runOutput["test_to"] === "string" ? [runOutput["test_to"]] : [];
    });
    return ends.at(-1) ?? "";
  }
}
