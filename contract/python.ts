import { z } from "zod";
import { COSTS, MOST_COST } from "./costs";
import { COMPARED, EXITS, MOST_NEW_WORK, NO_CHAMPION, SCORED } from "./exits";
import { LANDED, NONE, SEPARATOR } from "./lake";
import { COMPONENTS, ERRORS, SENSORS } from "./parts";
import { PLANT } from "./plant";
import { pythonConstants, type Value } from "./python-constants";
import { AHEAD_HOURS, HORIZONS, LIMITS, LOOK_BACK_DAYS, MODEL, RETENTION_DAYS, WINDOW_HOURS } from "./widgets";

/** The contract as a module of the notebooks' package. */
export const PYTHON = "notebooks/predictive_maintenance/contract.py";

const CONSTANTS: Readonly<Record<string, Value>> = {
  COMPONENTS,
  SENSORS,
  ERRORS,
  PLAUSIBLE: Object.fromEntries(PLANT.sensors.map(({ name, plausible, unit }) => [name, [...plausible, unit]])),
  SIGNS: Object.fromEntries(PLANT.components.map(({ name, sensor, shift, errors }) => [name, [sensor, shift, errors]])),
  SENSOR_HOURS: PLANT.sensorHours,
  ERROR_HOURS: PLANT.errorHours,
  LANDED,
  NONE,
  SEPARATOR,
  SCORED,
  COMPARED,
  NO_CHAMPION,
  MOST_NEW_WORK,
  WINDOW_HOURS: WINDOW_HOURS.usual,
  ALL_WINDOW_HOURS: WINDOW_HOURS.allowed,
  MODELS: MODEL.allowed,
  HORIZONS,
  COSTS,
  MOST_COST,
  LEAST_LOOK_BACK_DAYS: LOOK_BACK_DAYS.least,
  AHEAD_HOURS: AHEAD_HOURS.usual,
  MOST_AHEAD_HOURS: AHEAD_HOURS.most,
  LEAST_RETENTION_DAYS: RETENTION_DAYS.least,
  FARTHEST_LIMIT: LIMITS.most,
};

/** The text of the module. */
export function pythonModule(): string {
  return [
    '"""What the notebooks share with settings, pipelines, report and operations.',
    "",
    "Written by `npm run contract` from `contract/`: change it there.",
    '"""',
    "",
    "from typing import Final, Literal, TypedDict",
    "",
    ...pythonConstants(CONSTANTS),
    ...classes(),
    "",
  ].join("\n");
}

const SCALARS: Readonly<Record<string, string>> = {
  string: "str",
  integer: "int",
  number: "float",
  boolean: "bool",
  null: "None",
};

/** The parts of JSON Schema that exit values use. */
const shape = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.json().optional(),
  enum: z.array(z.string()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

/** A TypedDict for each exit value. */
function classes(): readonly string[] {
  return Object.entries(EXITS).flatMap(([name, schema]) => {
    const { properties = {} } = shape.parse(z.toJSONSchema(schema));
    const fields = Object.entries(properties).map(([field, of]) => `    ${field}: ${typeOf(of)}`);
    return ["", "", `class ${name}(TypedDict):`, ...(fields.length > 0 ? fields : ["    pass"])];
  });
}

function typeOf(json: unknown): string {
  const { type, const: only, enum: values, anyOf, items, properties } = shape.parse(json);
  if (only !== undefined) return literalType([only]);
  if (values !== undefined) return literalType(values);
  if (anyOf !== undefined) return anyOf.map(typeOf).join(" | ");
  if (type === "array") return `list[${typeOf(items)}]`;
  if (type === "object") return named(Object.keys(properties ?? {}));
  return [type]
    .flat()
    .map((one) => SCALARS[one!]!)
    .join(" | ");
}

const literalType = (values: readonly unknown[]): string =>
  `Literal[${values.map((value) => (typeof value === "boolean" ? (value ? "True" : "False") : JSON.stringify(value))).join(", ")}]`;

/** The name of the exit value, or of the part of one, that has these fields. */
function named(fields: readonly string[]): string {
  const found = Object.entries(EXITS).find(([, schema]) => Object.keys(schema.shape).join() === fields.join());
  if (found === undefined) throw new Error(`contract/exits.ts gives no name to an object of ${fields.join(", ")}`);
  return found[0];
}
