import { UserError } from "../command-line/user-error";
import type { Bounds, Component, Plant, Sensor } from "./description";
import { LIMITS, WINDOW_HOURS } from "./widgets";

/** A name becomes part of columns, in SQL without quotes; Spark tells no upper case from lower. */
const NAME = /^[a-z][a-z0-9_]{0,30}$/;
/** What columns, features and figures beside those of the plant are called. */
const TAKEN = [
  ...["datetime", "machineid", "errorid", "comp", "failure", "month", "landed_at", "number", "at", "has_telemetry"],
  ...[
    "machine",
    "predicted",
    "features",
    "reasons",
    "model",
    "age",
    "maintenance",
    "hours_into_cycle",
    "none",
    "macro_f1",
    "rule_macro_f1",
    "costs",
    "savings",
  ],
];
/** What features add to a name. */
const ADDED = /^_(n|sum|squares|mean|std|min|max|count|last|ever|\d+h)(_\d+h)?$/;
/** Sums over more hours would not be exact. */
const MOST_HOURS = 168;

/** Throws a `UserError` that lists all mistakes in the description of a plant. */
export function requireSound(plant: Plant): void {
  const mistakes = mistakesIn(plant);
  if (mistakes.length > 0) throw new UserError(["contract/plant.ts is not valid:", ...mistakes].join("\n  "));
}

/** What is wrong with the description of a plant, each in a line. */
export function mistakesIn(plant: Plant): readonly string[] {
  return [
    ...mistakenNames(plant),
    ...plant.sensors.flatMap(mistakesInSensor),
    ...plant.components.flatMap((component) => mistakesInComponent(component, plant)),
    ...mistakenHours("sensorHours", plant.sensorHours),
    ...mistakenHours("errorHours", plant.errorHours),
  ];
}

function mistakenNames({ sensors, errors, components }: Plant): readonly string[] {
  const named = [
    ...sensors.map(({ name }) => ({ name, as: "sensor" })),
    ...errors.map(({ name }) => ({ name, as: "error" })),
    ...components.map(({ name }) => ({ name, as: "component" })),
  ];
  return named.flatMap(({ name, as }, index) => {
    if (!NAME.test(name))
      return [`${as} "${name}": a name begins with a small letter; at most 30 of a to z, 0 to 9 and _ follow`];
    if (TAKEN.includes(name)) return [`${as} "${name}": the product has this name for something else`];
    const earlier = named.slice(0, index).find((other) => other.name === name);
    if (earlier)
      return [`${as} "${name}": there is ${earlier.as === as ? "another" : "also a"} ${earlier.as} of this name`];
    const shorter = named.find((other) => name.startsWith(other.name) && ADDED.test(name.slice(other.name.length)));
    return shorter ? [`${as} "${name}": a column about the ${shorter.as} ${shorter.name} may have this name`] : [];
  });
}

function mistakesInSensor({ name, plausible, recorded, mean, deviation }: Sensor): readonly string[] {
  const limits: Bounds = [LIMITS.least, LIMITS.most];
  const within = (bounds: Bounds, [lowest, highest]: Bounds) =>
    lowest <= bounds[0] && bounds[0] < bounds[1] && bounds[1] <= highest;
  return [
    ...unless(within(plausible, limits), `plausible is ${to(plausible)}; allowed: within ${to(limits)}`),
    ...unless(within(recorded, plausible), `recorded is ${to(recorded)}; allowed: within plausible, ${to(plausible)}`),
    ...unless(mean >= recorded[0] && mean <= recorded[1], `mean is ${mean}; allowed: ${to(recorded)}, as recorded`),
    ...unless(deviation > 0, `deviation is ${deviation}; allowed: more than 0`),
  ].map((mistake) => `sensor "${name}": ${mistake}`);
}

function mistakesInComponent({ name, sensor, shift, errors, risk }: Component, plant: Plant): readonly string[] {
  const sensors = plant.sensors.map((one) => one.name);
  const unknown = errors.filter((error) => !plant.errors.some((one) => one.name === error));
  const named = sensor ? `"${sensor}"` : "missing";
  return [
    ...unless(sensors.includes(sensor), `sensor is ${named}; allowed: ${sensors.join(", ")}`),
    ...unknown.map((error) => `there is no error "${error}"`),
    ...unless(shift !== 0, "shift is 0; allowed: by how much its sensor moves before a failure, up or down"),
    ...unless(risk > 0 && risk < 1, `risk is ${risk}; allowed: between 0 and 1`),
  ].map((mistake) => `component "${name}": ${mistake}`);
}

function mistakenHours(property: string, hours: readonly number[]): readonly string[] {
  const lengths = WINDOW_HOURS.allowed;
  const fits = (span: number) => lengths.every((length) => span < length || span % length === 0);
  const isRising = hours.every((span, index) => span > (hours[index - 1] ?? 0));
  const sound = hours.includes(24) && isRising && hours.every((span) => span <= MOST_HOURS && fits(span));
  return unless(
    sound,
    `${property} is ${JSON.stringify(hours)}; allowed: 24 and others up to ${MOST_HOURS}, the shortest first, each a multiple of every length of a window (${lengths.join(", ")}) or shorter`,
  );
}

const unless = (holds: boolean, mistake: string): readonly string[] => (holds ? [] : [mistake]);

const to = ([lowest, highest]: Bounds): string => `${lowest} to ${highest}`;
