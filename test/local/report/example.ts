import type { ActivityRun, PipelineRun } from "adf-local";
import type { TrainedExit } from "../../../contract/exits";
import type { Findings, Risk } from "../../../local/report/findings";

const WHY = [
  { component: "comp1", text: "error1 23 h ago" },
  { component: "comp4", text: "vibration 9.8 mm/s above its usual 40.0 (mean of 24 h)" },
];

/** Two machines, one of them with an alert. */
export const findings: Findings = {
  horizonHours: 24,
  windowHours: 12,
  rows: { machines: 2, telemetry: 48, predictions: 4, quarantine: 1 },
  span: { first: "2016-01-01T00:00:00Z", last: "2016-01-01T23:00:00Z" },
  quarantine: [{ table: "telemetry", reason: "volt <none>", rows: 1 }],
  risks: [risk(2, "comp1|comp4", [0.9, 0.01, 0.02, 0.6], WHY), risk(1, "none", [0.01, 0.02, 0.03, 0.04])],
  traces: [
    {
      machineID: 2,
      predicted: "comp1|comp4",
      window_end: "2016-01-01T12:00:00Z",
      end: "2016-01-01T12:00:00Z",
      usual: [170, 450, 100, 40],
      telemetry: Array.from({ length: 24 }, (_, hour) => ({
        at: new Date(Date.UTC(2016, 0, 1, hour - 11)).toISOString(),
        values: [170 + hour, 450, 100, 40],
      })),
      windows: [{ at: "2016-01-01T12:00:00Z", predicted: "comp1|comp4", values: [0.9, 0.01, 0.02, 0.6] }],
      events: [{ at: "2016-01-01T06:00:00Z", table: "errors", what: "error1" }],
    },
  ],
  realised: [],
  monitoring: [monitored("2015-12-31T12:00:00Z", 0.04, null), monitored("2016-01-01T12:00:00Z", 0.31, 0.9)],
  work: {
    open: 3,
    items: [item(2, "comp1", 0.9, 1), item(2, "comp4", 0.6, 0)],
    outcomes: [
      { component: "comp1", confirmed: 6, prevented: 8, false: 2, missed: 4, ...shares(0.75, 0.375, 0.875, 0.6) },
      { component: "comp2", confirmed: 0, prevented: 0, false: 0, missed: 0, ...shares(null, null, null, null) },
    ],
  },
  files: [],
  badRows: [],
  freshness: {
    ...{ files: 6, median: 41, p95: 75.5, longest: 125.4 },
    runs: [
      { scoredAt: "2026-01-01T08:00:59Z", files: 4, median: 41, p95: 75.5, longest: 125.4 },
      { scoredAt: "2026-01-01T09:00:59Z", files: 2, median: 38, p95: 43, longest: 43 },
    ],
  },
};

function item(machineID: number, component: string, probability: number, reopened: number) {
  const time = { since: "2016-01-01T12:00:00Z", until: "2016-01-02T12:00:00Z" };
  return {
    machineID,
    component,
    ...time,
    probability,
    cost_at_stake: 1000 * probability,
    why: [WHY[0]!.text],
    reopened,
  };
}

function shares(precision: number | null, lowest: number | null, highest: number | null, recall: number | null) {
  return { precision, lowest, highest, recall };
}

function monitored(lastWindow: string, drift: number, precision: number | null) {
  const counts = { rows: 1200, quarantined: 3, windows: 200, alerts: 4, predictionRate: 0.02 };
  return { lastWindow, modelVersion: "3", ...counts, drift, drifted: "volt_mean_24h", precision, recall: precision };
}

function risk(machineID: number, predicted: string, probabilities: readonly number[], reasons: Risk["reasons"] = []) {
  const end = "2016-01-01T12:00:00Z";
  const within = probabilities.map((its) => [its / 2, its, its, 1]);
  return {
    machineID,
    model: "model3",
    age: 18,
    window_end: end,
    latest: end,
    predicted,
    probabilities,
    within,
    reasons,
  };
}

export const quality: TrainedExit["metrics"]["comp1"] = {
  precision: 0.8,
  recall: 0.6,
  f1: 0.686,
  pr_auc: 0.75,
  brier: 0.004,
  calibration_error: 0.002,
  horizons: [12, 24, 48, 72].map((hours) => ({
    ...{ hours, brier: 0.004, calibration_error: 0.002 },
    reliability: [
      { said: 0.001, failed: 0, windows: 900 },
      { said: 0.93, failed: 0.9, windows: 20 },
    ],
  })),
  threshold: 0.41,
  positives: 12,
  failures: 7,
  warned: 6,
  false_alarms: 1,
  false_alarms_per_machine_month: 0.021,
  ...{ cost: 310, cost_fixed: 340, cost_rule: 520, cost_rhythm: 1_450, cost_run_to_failure: 1_280, rhythm_days: 105 },
};

const estimate = (value: number, spread: number) => ({ value, low: value - spread, high: value + spread });

const costs = {
  costs: {
    model: estimate(1_240, 160),
    fixed: estimate(1_360, 180),
    rule: estimate(2_080, 210),
    rhythm: estimate(5_800, 90),
    run_to_failure: estimate(5_120, 480),
  },
  savings: {
    fixed: estimate(120, 140),
    rule: estimate(840, 150),
    rhythm: estimate(4_560, 170),
    run_to_failure: estimate(3_880, 390),
  },
};

export const trained: TrainedExit = {
  model_version: "3",
  promoted: true,
  reason: "the first model",
  evidence: "failures in the hold-out: 28",
  metrics: {
    ...{ macro_f1: 0.686, rule_macro_f1: 0.41, ...costs },
    ...{ comp1: quality, comp2: quality, comp3: quality, comp4: quality },
  },
  trained_from: "2015-01-01T12:00:00Z",
  trained_to: "2015-10-30T00:00:00Z",
  test_from: "2015-11-01T00:00:00Z",
  test_to: "2015-12-31T00:00:00Z",
};

export const training = pipelineRun("training", 0, [
  activity("ingest", 0, 10),
  activity("training", 10, 40, { ...trained }),
]);

export function pipelineRun(pipeline: string, start: number, activities: readonly ActivityRun[]): PipelineRun {
  const failed = activities.some(({ status }) => status === "Failed");
  return {
    runId: `${pipeline}-${start}`,
    pipeline,
    invokedBy: "manual",
    parameters: {},
    status: failed ? "Failed" : "Succeeded",
    start: time(start),
    end: activities.at(-1)!.end,
    activities,
  };
}

export function activity(
  name: string,
  start: number,
  end: number,
  runOutput: Record<string, unknown> = {},
): ActivityRun {
  const output = { runOutput } as NonNullable<ActivityRun["output"]>;
  const [type, status] = ["DatabricksNotebook", "Succeeded"] as const;
  return { name, type, status, start: time(start), end: time(end), attempts: 1, output };
}

function time(second: number): string {
  return new Date(Date.UTC(2026, 0, 1, 8, 0, second)).toISOString();
}
