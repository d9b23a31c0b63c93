// What the widgets of the notebooks take, and what a setting is unless an environment states it.

/** One of a few values. */
export interface Choice<T> {
  readonly allowed: readonly [T, ...T[]];
  readonly usual: T;
}

/** Whole numbers from the least to the most, both included. */
export interface Span {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/** Hours between two windows of a machine; every span of a feature is a multiple, or lies within one window. */
export const WINDOW_HOURS = { allowed: [1, 3, 4, 6, 12], usual: 12 } as const satisfies Choice<number>;

/** Spark ML's classifiers that `training` knows. */
export const MODEL = {
  allowed: ["RandomForest", "DecisionTree", "GBT"],
  usual: "RandomForest",
} as const satisfies Choice<string>;

/** Hours ahead that a failure is predicted for: multiples of the longest window. */
export const HORIZON_HOURS = {
  allowed: [12, 24, 36, 48, 60, 72, 84, 96, 108, 120, 132, 144, 156, 168],
  usual: 24,
} as const satisfies Choice<number>;

/** Hours ahead for which every model says how probable a failure is, besides its own horizon. */
export const HORIZONS = [12, 24, 48, 72] as const;

/** Days before the newest delivery whose folders are listed again for late files. */
export const LOOK_BACK_DAYS = { least: 1, most: 3650, usual: 90 } as const satisfies Span;

/** Hours that a row may be later than the landing of its file. */
export const AHEAD_HOURS = { least: 0, most: 8760, usual: 24 } as const satisfies Span;

/** Seconds for which blobs that land are gathered into one run of scoring; they divide the minute. */
export const GATHER_SECONDS = { allowed: [5, 10, 15, 20, 30, 60], usual: 15 } as const satisfies Choice<number>;

/** Days that old versions of the tables are kept. */
export const RETENTION_DAYS = { least: 7, most: 365, usual: 30 } as const satisfies Span;

/** The farthest limits that a setting can give to a sensor: sums of larger values would not be exact. */
export const LIMITS = { least: -10_000, most: 10_000 } as const;
