import { type FactoryDefinition, type Json, loadFactory } from "adf-local";
import { UserError } from "../../command-line/user-error";
import { type LandingRoot, parseLandingRoot } from "../storage/landing/landing";
import type { Synthesized } from "./synthesized";

/** Catalog of the tables on the laptop's Spark, which has no Unity Catalog. */
export const CATALOG = "spark_catalog";

/** What is checked before anything starts: the synthesized environment, ready to run. */
export interface Blueprint {
  readonly synthesized: Synthesized;
  readonly definition: FactoryDefinition;
  readonly landingRoot: LandingRoot;
  /** Global parameters that name a place in the lake, as the storage emulator has it. */
  readonly roots: Readonly<Record<string, string>>;
  readonly schema: string;
  readonly horizonHours: number;
}

/** Checks that an environment can run on this machine. Throws `UserError`, or the factory's `FactoryError`, with what cannot. */
export function draw(synthesized: Synthesized): Blueprint {
  const { containers } = synthesized;
  const definition = loadFactory(synthesized.factory);
  const { schema, horizon_hours: horizonHours } = definition.globalParameters;
  const rootOf = (parameter: string): LandingRoot => {
    const url = definition.globalParameters[parameter];
    const root = parseLandingRoot(String(url));
    if (root === undefined)
      throw new UserError(`global parameter ${parameter} is "${url}", expected abfss://<container>@<account>/<folder>`);
    if (!containers.includes(root.container))
      throw new UserError(`${parameter} names the container "${root.container}", there are: ${containers.join(", ")}`);
    return root;
  };
  const landingRoot = rootOf("landing_root");
  const named = ["landing_root", "verification_root"].filter((name) => name in definition.globalParameters);
  const roots = Object.fromEntries(named.map((name) => [name, emulated(rootOf(name))]));
  if (typeof schema !== "string" || !(Number(horizonHours) > 0))
    throw new UserError(
      `global parameters schema and horizon_hours are "${schema}" and "${horizonHours}", expected a name and a number`,
    );
  return {
    synthesized,
    definition,
    landingRoot,
    roots,
    schema,
    horizonHours: Number(horizonHours),
  };
}

/** The factory's global parameters, as they are on this machine. */
export function globalParameters({ definition, roots }: Blueprint): Readonly<Record<string, Json>> {
  return { ...definition.globalParameters, ...roots, catalog: CATALOG };
}

/** The same container and folder in the storage emulator, as Spark reads them. */
function emulated({ container, folder }: LandingRoot): string {
  return `wasb://${container}@devstoreaccount1/${folder}`;
}
