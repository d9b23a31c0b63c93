import { z } from "zod";
import { workItem } from "../../contract/exits";

const count = z.int().min(0);
const probability = z.number().min(0).max(1);
const measure = z.number().nullable();

export const risk = z.object({
  machineID: z.int(),
  model: z.string().nullable(),
  age: z.int().nullable(),
  /** End of the window that is shown. */
  window_end: z.string(),
  /** End of the machine's latest window. */
  latest: z.string(),
  /** `none`, or the components expected to fail, joined by `|`. */
  predicted: z.string(),
  /** Per component. */
  probabilities: z.array(probability),
  /** By component, within how many hours (`HORIZONS`) it fails how probably; null of a model that says nothing of it. */
  within: z.array(z.array(probability.nullable())),
  /** Why it warns, for each component the strongest first; empty of a prediction that an older release made. */
  reasons: z.array(z.object({ component: z.string(), text: z.string() })),
});

/** The week up to `end`, and what was predicted at `window_end`. */
const trace = z.object({
  machineID: z.int(),
  predicted: z.string(),
  window_end: z.string(),
  end: z.string(),
  /** Mean of each sensor over the machine's whole history. */
  usual: z.array(measure),
  /** Hourly, one value per sensor; null where a reading is missing. */
  telemetry: z.array(z.object({ at: z.string(), values: z.array(measure) })),
  /** Every window, one probability per component. */
  windows: z.array(z.object({ at: z.string(), predicted: z.string(), values: z.array(probability) })),
  /** `what`: an error or a component. */
  events: z.array(z.object({ at: z.string(), table: z.enum(["errors", "maint", "failures"]), what: z.string() })),
});

/** A row of the table `monitoring`. */
const monitoredRun = z.object({
  /** End of the last window that was scored. */
  lastWindow: z.string(),
  modelVersion: z.string(),
  /** Rows taken in, and set aside. */
  rows: count,
  quarantined: count,
  windows: count,
  alerts: count,
  /** Alerts per window. */
  predictionRate: probability,
  /** Population stability index of the feature that is furthest from the training, and its name. */
  drift: measure,
  drifted: z.string().nullable(),
  /** Over the windows of the last 30 days whose outcome is known, mean over the components that have one. */
  precision: measure,
  recall: measure,
});

const seconds = z.number().min(0);
/** Files, and the seconds from their landing to their predictions; 95 % of them waited `p95` or less. */
const waited = { files: z.int().positive(), median: seconds, p95: seconds, longest: seconds };

/** What is in the view `freshness`, and in it by the run that scored the files. */
const freshness = z.object({ ...waited, runs: z.array(z.object({ scoredAt: z.string(), ...waited })) });

/** What came of the items of one component; without any a share is null. */
const outcome = z.object({
  component: z.string(),
  confirmed: count,
  prevented: count,
  false: count,
  missed: count,
  /** Of confirmed and false ones. */
  precision: measure,
  /** If every prevented item had been wrong, or right. */
  lowest: measure,
  highest: measure,
  recall: measure,
});

/** The work list: how many items are open, those with most at stake, and outcomes. */
export const work = z.object({
  open: count,
  items: z.array(workItem.extend({ reopened: count })),
  outcomes: z.array(outcome),
});

/** Outcomes of one component's predictions, in windows. */
const realised = z.object({ component: z.string(), hits: count, falseAlarms: count, misses: count });

/** A file that was ingested; its path is that in its container. */
export const landedFile = z.object({
  table: z.string(),
  path: z.string(),
  rows: count,
  quarantined: count,
  ingestedAt: z.string(),
  /** Null until its windows are scored. */
  scoredAt: z.string().nullable(),
});

/** A row that was set aside: of a line of a file, as it landed. */
export const badRow = z.object({
  table: z.string(),
  path: z.string(),
  line: z.int().nullable(),
  raw: z.string(),
  reason: z.string(),
});

/** The exit value of `collect.py`. Times are ISO 8601 in UTC. */
export const collected = z.object({
  horizonHours: z.int().positive(),
  /** Rows per table; a table that no run has made is absent. */
  rows: z.record(z.string(), count),
  span: z.object({ first: z.string().nullable(), last: z.string().nullable() }),
  quarantine: z.array(z.object({ table: z.string(), reason: z.string(), rows: count })),
  /** Every machine by its newest open alert, else by its latest window; alerts first, the most likely failure first. */
  risks: z.array(risk),
  /** The first machines of `risks`. */
  traces: z.array(trace),
  /** Empty until windows that are new to the model have a known outcome. */
  realised: z.array(realised),
  /** The latest runs that scored something, oldest first. */
  monitoring: z.array(monitoredRun),
  /** The latest runs that scored files, oldest first; null where no file has landed since the first predictions. */
  freshness: freshness.nullable(),
  /** Null where no release that keeps a work list has scored. */
  work: work.nullable(),
  /** The files that were ingested last. */
  files: z.array(landedFile),
  /** The rows that came into quarantine last. */
  badRows: z.array(badRow),
});

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]: Frozen<T[Name]> }
    : T;

/** What the tables of a run say, and how long its windows are. */
export type Findings = Frozen<z.infer<typeof collected>> & { readonly windowHours: number };
export type Risk = Frozen<z.infer<typeof risk>>;
export type Trace = Frozen<z.infer<typeof trace>>;
export type MonitoredRun = Frozen<z.infer<typeof monitoredRun>>;
export type Freshness = Frozen<z.infer<typeof freshness>>;
export type Realised = Frozen<z.infer<typeof realised>>;
