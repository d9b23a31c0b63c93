import path from "node:path";
import type { PipelineRun } from "adf-local";
import type { Cluster } from "../cluster/cluster";
import { writeFileAtomically } from "adf-local/atomic-file";
import { collected, type Findings } from "./findings";
import { count, minute, ratio } from "./format";
import { hasModel, isCalibrated, isCosted, lastTraining } from "./last-training";
import { renderPage } from "./page";
import { calibrationSection } from "./sections/calibration";
import { costsSection } from "./sections/costs";
import { dataSection } from "./sections/data";
import { freshnessSection } from "./sections/freshness";
import { monitoringSection } from "./sections/monitoring";
import { qualitySection } from "./sections/quality";
import { isAlert, riskSection } from "./sections/risk";
import { timelineSection } from "./sections/timeline";
import { tracesSection } from "./sections/traces";
import { outcomesSection, workSection } from "./sections/work";

export interface ReportRequest {
  readonly cluster: Pick<Cluster, "run">;
  readonly environment: string;
  /** Where the tables are. */
  readonly catalog: string;
  readonly schema: string;
  /** Table of the predictions. */
  readonly resultsData: string;
  readonly horizonHours: number;
  readonly windowHours: number;
  readonly runs: readonly PipelineRun[];
  /** Absolute path of the CSV file with every scored window. */
  readonly predictions: string;
  /** Absolute path of the CSV file with the work list. */
  readonly workList: string;
  /** Absolute path of the HTML file. */
  readonly report: string;
  readonly signal?: AbortSignal;
}

/** Writes the predictions and the report of a run, replacing earlier ones, and returns what they are made of. */
export async function writeReport(request: ReportRequest): Promise<Findings> {
  const findings = await collect(request);
  writeFileAtomically(request.report, renderReport(request.environment, request.runs, findings));
  return findings;
}

/** The page of a run as one HTML document. */
export function renderReport(environment: string, runs: readonly PipelineRun[], findings: Findings): string {
  const training = lastTraining(runs);
  const { first, last } = findings.span;
  const outcomes = findings.work && outcomesSection(findings.work);
  return renderPage({
    title: "Predictive maintenance",
    subtitle:
      first === null || last === null
        ? `Environment ${environment}, run on this machine; nothing was ingested.`
        : `Environment ${environment}, run on this machine; telemetry from ${minute(first)} to ${minute(last)} UTC.`,
    figures: [
      ["machines", count(findings.rows["machines"] ?? 0)],
      ["machines to look at", count(findings.risks.filter(isAlert).length)],
      ["windows scored", count(findings.rows["predictions"] ?? 0)],
      ["macro F1, hold-out", ratio(training && hasModel(training) ? training.metrics.macro_f1 : null)],
      ["rows quarantined", count(findings.rows["quarantine"] ?? 0)],
    ],
    sections: [
      ...(findings.work === null ? [] : [workSection(findings.work)]),
      ...(findings.risks.length === 0 ? [] : [riskSection(findings), tracesSection(findings)]),
      ...(outcomes ? [outcomes] : []),
      ...(training === undefined ? [] : [qualitySection(training, findings)]),
      ...(training !== undefined && isCosted(training) ? [costsSection(training)] : []),
      ...(training !== undefined && isCalibrated(training) ? [calibrationSection(training)] : []),
      ...(findings.monitoring.length === 0 ? [] : [monitoringSection(findings)]),
      ...(findings.freshness === null ? [] : [freshnessSection(findings.freshness)]),
      timelineSection(runs),
      dataSection(findings),
    ],
  });
}

async function collect(request: ReportRequest): Promise<Findings> {
  const { cluster, catalog, schema, resultsData, horizonHours, windowHours, runs, signal } = request;
  const training = lastTraining(runs);
  const { exitValue } = await cluster.run({
    runId: "report",
    file: path.join(__dirname, "collect.py"),
    name: "collect",
    parameters: {
      catalog,
      schema,
      horizon_hours: String(horizonHours),
      unseen_from: training && hasModel(training) ? training.test_to : "",
      results_data: resultsData,
      predictions_csv: request.predictions,
      work_list_csv: request.workList,
    },
    ...(signal && { signal }),
  });
  return { ...collected.parse(JSON.parse(exitValue ?? "null")), windowHours };
}
