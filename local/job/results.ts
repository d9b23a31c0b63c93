import { writeFileAtomically } from "adf-local/atomic-file";
import type { Cluster } from "../cluster/cluster";
import type { Progress } from "../command/progress";
import type { Findings } from "../report/findings";
import { writeReport } from "../report/report";
import { isAlert } from "../report/sections/risk";
import { CATALOG } from "../synthesized/blueprint";
import type { Platform } from "./platform";
import type { RunFolder } from "./run-folder";
import { activityTable, machinesTable, metricsTable, predictionsLine } from "./summary";

/** What a run leaves behind for its user. */
export class Results {
  private findings: Findings | undefined;

  constructor(
    private readonly platform: Pick<Platform, "blueprint" | "history"> & { readonly cluster: Pick<Cluster, "run"> },
    private readonly folder: Pick<RunFolder, "predictions" | "workList" | "report" | "monitored">,
    private readonly progress: Progress,
  ) {}

  /** Writes the predictions and the report anew. */
  async write(signal: AbortSignal): Promise<void> {
    this.findings = await this.progress.step("writing predictions and report", this.collect(signal));
    const { risks, work, files, badRows } = this.findings;
    writeFileAtomically(this.folder.monitored, JSON.stringify({ risks: risks.filter(isAlert), work, files, badRows }));
  }

  /** What the predictions hold, in half a sentence; `undefined` until they are written. */
  get holding(): string | undefined {
    return this.findings && predictionsLine(this.findings);
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
    const { predictions, workList, report } = this.folder;
    this.progress.say(`predictions: ${predictions}\nwork list:   ${workList}\nreport:      ${report}`);
  }

  private collect(signal: AbortSignal): Promise<Findings> {
    const { blueprint, cluster, history } = this.platform;
    const { environment } = blueprint.synthesized;
    const { schema, resultsData, horizonHours, windowHours } = blueprint;
    const { predictions, workList, report } = this.folder;
    const { runs } = history;
    return writeReport({
      cluster,
      environment,
      catalog: CATALOG,
      schema,
      resultsData,
      horizonHours,
      windowHours,
      runs,
      predictions,
      workList,
      report,
      signal,
    });
  }
}
