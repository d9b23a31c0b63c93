/** What `findings.py` reads from the tables of a run. Times are ISO 8601 in UTC, probabilities from 0 to 1. */
export interface Findings {
  readonly horizonHours: number;
  /** Rows per table; a table that no run has made is absent. */
  readonly rows: Readonly<Record<string, number>>;
  readonly span: { readonly first: string | null; readonly last: string | null };
  readonly quarantine: readonly { readonly table: string; readonly reason: string; readonly rows: number }[];
  /** Every machine by its newest open alert, else by its latest window; alerts first, the most likely failure first. */
  readonly risks: readonly Risk[];
  /** The first machines of `risks`. */
  readonly traces: readonly Trace[];
  /** Empty until windows that are new to the model have a known outcome. */
  readonly realised: readonly Realised[];
  /** The latest runs that scored something, oldest first. */
  readonly monitoring: readonly MonitoredRun[];
}

export interface Risk {
  readonly machineID: number;
  readonly model: string | null;
  readonly age: number | null;
  /** End of the window that is shown. */
  readonly window_end: string;
  /** End of the machine's latest window. */
  readonly latest: string;
  /** `none`, or the components expected to fail, joined by `|`. */
  readonly predicted: string;
  /** Per component. */
  readonly probabilities: readonly number[];
}

/** The week up to `end`, and what was predicted at `window_end`. */
export interface Trace {
  readonly machineID: number;
  readonly predicted: string;
  readonly window_end: string;
  readonly end: string;
  /** Mean of each sensor over the machine's whole history. */
  readonly usual: readonly (number | null)[];
  /** Hourly, one value per sensor; null where a reading is missing. */
  readonly telemetry: readonly { readonly at: string; readonly values: readonly (number | null)[] }[];
  /** Every 12 hours, one probability per component. */
  readonly windows: readonly { readonly at: string; readonly predicted: string; readonly values: readonly number[] }[];
  readonly events: readonly {
    readonly at: string;
    readonly table: "errors" | "maint" | "failures";
    /** `error1`, `comp3`, … */
    readonly what: string;
  }[];
}

/** A row of the table `monitoring`. */
export interface MonitoredRun {
  /** End of the last window that was scored. */
  readonly lastWindow: string;
  readonly modelVersion: string;
  /** Rows taken in, and set aside. */
  readonly rows: number;
  readonly quarantined: number;
  readonly windows: number;
  readonly alerts: number;
  /** Alerts per window, 0 to 1. */
  readonly predictionRate: number;
  /** Population stability index of the feature that is furthest from the training, and its name. */
  readonly drift: number | null;
  readonly drifted: string | null;
  /** Over the windows of the last 30 days whose outcome is known, mean over the components that have one. */
  readonly precision: number | null;
  readonly recall: number | null;
}

/** Outcomes of one component's predictions, in windows. */
export interface Realised {
  readonly component: string;
  readonly hits: number;
  readonly falseAlarms: number;
  readonly misses: number;
}

export const COMPONENTS = ["comp1", "comp2", "comp3", "comp4"] as const;

/** The sensor in which each component's failures show, in the order of {@link COMPONENTS}. */
export const SENSORS = ["volt", "rotate", "pressure", "vibration"] as const;
