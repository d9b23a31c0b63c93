import { z } from "zod";
import { COSTS, MOST_COST } from "../../contract/costs";
import { COMPONENTS, type Component } from "../../contract/parts";
import { group } from "./allowed";

const error = `a number from 0 to ${MOST_COST}`;
/** One that is out of bounds is compared with no other. */
const cost = (usual: number) =>
  z.number(error).min(0, { error, abort: true }).max(MOST_COST, { error, abort: true }).default(usual);

const ofComponent = (component: Component) => {
  const { failure, intervention, inspection } = COSTS[component];
  return group({ failure: cost(failure), intervention: cost(intervention), inspection: cost(inspection) })
    .refine((its) => its.intervention <= its.failure, {
      error: `an intervention (usually ${intervention}) that costs no more than the failure that it prevents`,
    })
    .prefault({});
};

/**
 * What decides when the model warns, by component and in any one currency: `failure`, of which nobody was warned, with all that
 * stands still; `intervention`, the planned repair after a warning in time; `inspection`, the look at a sound component after a
 * false alarm. 0 to 1,000,000,000 each. Default: 10000, 2000 and 1000 for every component, of which an environment may state some.
 */
export const costs = group(
  Object.fromEntries(COMPONENTS.map((component) => [component, ofComponent(component)])) as Record<
    Component,
    ReturnType<typeof ofComponent>
  >,
);
