import { PLANT } from "./plant";

// The names of what the plant has, in the order of its description.

/** The components whose failures are predicted. */
export const COMPONENTS = named(PLANT.components);
export type Component = (typeof COMPONENTS)[number];

/** The sensors of a machine. */
export const SENSORS = named(PLANT.sensors);
export type Sensor = (typeof SENSORS)[number];

/** What a machine logs beside its sensors. */
export const ERRORS = PLANT.errors.map(({ name }) => name);

/** The names of a list that is not empty, which is not either. */
function named<Name extends string>([one, ...others]: readonly [Named<Name>, ...Named<Name>[]]): readonly [
  Name,
  ...Name[],
] {
  return [one.name, ...others.map(({ name }) => name)];
}

interface Named<Name> {
  readonly name: Name;
}
