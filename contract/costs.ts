import { COMPONENTS, type Component } from "./parts";

/** The highest cost that a setting can state. */
export const MOST_COST = 1_000_000_000;

/**
 * What a failure, the intervention that a warning in time calls for, and the inspection after a false alarm cost unless a setting
 * says otherwise, in any one currency. Their ratio is what counts: work that is planned costs a fifth of what a failure costs.
 */
const USUAL = { failure: 10_000, intervention: 2_000, inspection: 1_000 } as const;

/** The same for each component. */
export const COSTS = Object.fromEntries(COMPONENTS.map((component) => [component, USUAL])) as Record<
  Component,
  typeof USUAL
>;
