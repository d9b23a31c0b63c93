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
}

export interface Risk {
  readonly machineID: number;
  readonly model: string | null;
  readonly age: number | null;
  /** End of the window that is shown. */
  readonly window_end: string;
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
