/** The components whose failures are predicted. */
export const COMPONENTS = ["comp1", "comp2", "comp3", "comp4"] as const;
export type Component = (typeof COMPONENTS)[number];

/** The sensors of a machine; the failures of a component show in the one at its place. */
export const SENSORS = ["volt", "rotate", "pressure", "vibration"] as const;
export type Sensor = (typeof SENSORS)[number];

/** What a machine logs beside its sensors. */
export const ERRORS = ["error1", "error2", "error3", "error4", "error5"] as const;

/** What the hourly mean of each sensor can be unless a setting says otherwise; the extremes of the published data are well inside. */
export const PLAUSIBLE: Readonly<Record<Sensor, { lowest: number; highest: number; unit: string }>> = {
  volt: { lowest: 95, highest: 260, unit: "V" },
  rotate: { lowest: 130, highest: 700, unit: "rpm" },
  pressure: { lowest: 50, highest: 190, unit: "psi" },
  vibration: { lowest: 14, highest: 80, unit: "mm/s" },
};
