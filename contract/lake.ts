import { COMPONENTS, SENSORS, type Component } from "./parts";

/** The folder of a container in which files land: a folder for each table is below. */
export const INCOMING = "incoming";

/** The tables that files land for, with the columns of a file, in the order of the published ones. */
export const LANDED = {
  machines: ["machineID", "model", "age"],
  telemetry: ["datetime", "machineID", ...SENSORS],
  errors: ["datetime", "machineID", "errorID"],
  maint: ["datetime", "machineID", "comp"],
  failures: ["datetime", "machineID", "failure"],
} as const;
export type LandedTable = keyof typeof LANDED;

/** The table whose files land last in a verification: one event, when the whole known plant is there. */
export const LANDS_LAST = "telemetry" satisfies LandedTable;

/** The column of predictions with a component's probability, from 0 to 1. */
export const probabilityOf = (component: Component) => `prob_${component}` as const;

/** These columns, in the order of the components. */
export const PROBABILITIES = COMPONENTS.map(probabilityOf);

/** `predicted` of a window in which no component is expected to fail; others are joined by {@link SEPARATOR}. */
export const NONE = "none";
export const SEPARATOR = "|";
