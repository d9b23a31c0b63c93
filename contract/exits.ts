import { z } from "zod";
import { probabilityOf } from "./lake";
import { COMPONENTS, type Component } from "./parts";

// The JSON object that each notebook ends with. Times are ISO 8601 in UTC.

const count = z.int().min(0);
const ratio = z.number().min(0).max(1).nullable();
const probability = z.number().min(0).max(1);

/** The same for each component, in their order. */
const ofEach = <P extends string, T>(name: (component: Component) => P, value: T) =>
  // The type of `Object.fromEntries` forgets the names.
  Object.fromEntries(COMPONENTS.map((component) => [name(component), value])) as Record<P, T>;

/** Files, and rows of them, taken in or quarantined by this run; the range of windows that is not scored yet, empty where there is none. */
export const ingestExit = z.object({
  files: count,
  rows: count,
  quarantined: count,
  start_date: z.string(),
  to_date: z.string(),
});

/** Windows whose features were computed, and the first and the last of them. */
const featureEngineeringExit = z.object({ rows: count, start_date: z.string(), to_date: z.string() });

/** Windows by tenths of the probability of a failure: the mean that was said, the share that failed. */
const tenth = z.object({ said: probability, failed: probability, windows: count });

/** How well the probabilities of a failure within so many hours are calibrated. */
const atHorizon = z.object({
  hours: count,
  /** The mean squared distance of what was said from what came true. */
  brier: ratio,
  /** The mean distance, over all windows, of the probability that was said from the share that failed. */
  calibration_error: ratio,
  reliability: z.array(tenth),
});

/** In the currency of the costs, per machine and month; null is what an older release did not measure. */
const money = z.number().nullable().default(null);

/** A mean over the machines, and the bounds of 90 % of what other machines of the plant would have given (bootstrap). */
const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** Other ways to look after a plant than by the model, each per machine and month. */
const others = {
  /** The model with a threshold of 0.5 for every component. */
  fixed: estimate,
  /** The one-line rule. */
  rule: estimate,
  /** Each component is replaced at the age that cost least before the hold-out. */
  rhythm: estimate,
  /** Every failure happens. */
  run_to_failure: estimate,
};
const costs = z.object({ model: estimate, ...others });
const savings = z.object(others);

/** How good a component's model is on the hold-out; null is what has no value there, or was not measured by an older release. */
const componentMetrics = z.object({
  precision: ratio,
  recall: ratio,
  f1: ratio,
  pr_auc: ratio,
  brier: ratio.default(null),
  calibration_error: ratio.default(null),
  /** The nearest first. */
  horizons: z.array(atHorizon).default([]),
  /** Windows before a failure. */
  positives: count,
  /** The probability above which the model warns. */
  threshold: z.number(),
  failures: count,
  /** Failures that were warned of. */
  warned: count,
  false_alarms: count,
  false_alarms_per_machine_month: z.number().nullable(),
  /** What the hold-out costs with the model, and in other ways. */
  cost: money,
  cost_fixed: money,
  cost_rule: money,
  cost_rhythm: money,
  cost_run_to_failure: money,
  /** The age in days at which the component is replaced if by rhythm only; null: no rhythm is worth it. */
  rhythm_days: count.nullable().default(null),
});

const metrics = z.object({
  macro_f1: ratio,
  rule_macro_f1: ratio,
  /** What the hold-out costs, and what the model saves of it against other ways; null of an older release. */
  costs: costs.nullable().default(null),
  savings: savings.nullable().default(null),
  ...ofEach((component) => component, componentMetrics),
});

/** A version that was trained, whether it is champion now, and why. */
const trainedExit = z.object({
  model_version: z.string().min(1),
  promoted: z.boolean(),
  reason: z.string(),
  /** How many failures the figures rest on. */
  evidence: z.string(),
  metrics,
  trained_from: z.string(),
  trained_to: z.string(),
  test_from: z.string(),
  test_to: z.string(),
});

export type TrainedExit = z.infer<typeof trainedExit>;

const noMetrics = z.object({});

/** The data teach nothing yet: no version, and what they lack. */
const untrainedExit = z.object({
  model_version: z.literal(""),
  promoted: z.literal(false),
  reason: z.string(),
  metrics: noMetrics,
});

export const trainingExit = z.union([trainedExit, untrainedExit]);
export type TrainingExit = z.infer<typeof trainingExit>;

/** What `scoring` did. */
export const SCORED = "scored";
/** A backfill by another version than the champion: what it says is in a table of its own. */
export const COMPARED = "compared";
export const NO_CHAMPION = "no champion yet: what is new waits until training has made one";

/** An item of the work list: a component that is expected to fail. */
export const workItem = z.object({
  machineID: z.int(),
  component: z.string(),
  /** The end of the window at which the alert began. */
  since: z.string(),
  /** When it should have failed, if the alert does not go on. */
  until: z.string(),
  /** What the newest window says. */
  probability,
  /** Probability times the cost of a failure. */
  cost_at_stake: z.number(),
  /** Sentences, the strongest reason first. */
  why: z.array(z.string()),
});

/** Items of the work list that an exit value names at most: those with most at stake. */
export const MOST_NEW_WORK = 100;

/**
 * Windows that were scored, how many of them warn, the version of the model that said so, and the seconds from landing to
 * prediction that 95 % of the files waited at most; null where no file counts. `new_work` are the items of the work list that the run has opened and
 * that are open, most at stake first; `new_work_count` is their number, which may be larger.
 */
export const scoringExit = z.object({
  rows: count,
  alerts: count,
  model_version: z.string(),
  status: z.enum([SCORED, COMPARED, NO_CHAMPION]),
  freshness_p95_seconds: z.number().min(0).nullable(),
  new_work: z.array(workItem).default([]),
  new_work_count: count.default(0),
});

/** Tables there are, and how many of them were compacted and rid of old versions. */
const upkeepExit = z.object({ tables: count, optimized: count, vacuumed: count });

/** What was predicted of one window. */
export const prediction = z.object({
  machineID: z.int(),
  window_end: z.string(),
  ...ofEach(probabilityOf, probability),
  /** `none`, or the components expected to fail, joined by `|`. */
  predicted: z.string(),
});

/** What was predicted of the known plant, and how many tables and views were cleared. */
export const verificationExit = z.object({ predictions: z.array(prediction), windows: count, cleared: count });

/** Every exit value and every part of one, by the name that Python gives it. */
export const EXITS = {
  IngestExit: ingestExit,
  FeatureEngineeringExit: featureEngineeringExit,
  Tenth: tenth,
  AtHorizon: atHorizon,
  Estimate: estimate,
  Costs: costs,
  Savings: savings,
  ComponentMetrics: componentMetrics,
  Metrics: metrics,
  NoMetrics: noMetrics,
  TrainedExit: trainedExit,
  UntrainedExit: untrainedExit,
  WorkItem: workItem,
  ScoringExit: scoringExit,
  UpkeepExit: upkeepExit,
  Prediction: prediction,
  VerificationExit: verificationExit,
} as const;
