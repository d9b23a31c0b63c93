import type { FactoryDefinition, Stubs } from "adf-local";
import { PIPELINES, TELL_ACTIVITY } from "../../contract/names";

/** Tells nobody of new work: a run on this machine has no identity that a receiver would know, and its plant may be made up. */
export function untold({ pipelines }: Pick<FactoryDefinition, "pipelines">): Stubs {
  const tells = pipelines.some(({ name }) => name === PIPELINES.newWork);
  return tells ? { [PIPELINES.newWork]: { [TELL_ACTIVITY]: {} } } : {};
}
