import type { FactoryDefinition, Json } from "adf-local";
import { z } from "zod";
import { WINDOW_HOURS } from "../../contract/widgets";
import { UserError } from "../../command-line/user-error";
import { type LandingRoot, parseLandingRoot } from "../storage/landing/landing";
import type { Synthesized } from "./synthesized";

/** Catalog of the tables on the laptop's Spark, which has no Unity Catalog. */
export const CATALOG = "spark_catalog";

const hours = z.coerce.number("hours").positive("hours, more than 0");

/** The global parameters that the report needs; a release that is older than one of them had its usual value. */
const reported = z.looseObject({
  schema: z.string("a name"),
  results_data: z.string("a name").default("predictions"),
  horizon_hours: hours,
  window_hours: hours.default(WINDOW_HOURS.usual),
});

/** What is checked before anything starts: the synthesized environment, ready to run. */
export interface Blueprint {
  readonly synthesized: Synthesized;
  readonly definition: FactoryDefinition;
  readonly landingRoot: LandingRoot;
  /** Where the files of a verification land; absent in a release that knows none. */
  readonly verificationRoot: LandingRoot | undefined;
  /** Global parameters that name a place in the lake, as the storage emulator has it. */
  readonly roots: Readonly<Record<string, string>>;
  readonly schema: string;
  /** Table of the predictions. */
  readonly resultsData: string;
  readonly horizonHours: number;
  readonly windowHours: number;
}

/** Checks that an environment can run on this machine. Throws `UserError` with what cannot. */
export function draw(synthesized: Synthesized): Blueprint {
  const { containers, definition } = synthesized;
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
  const verificationRoot = "verification_root" in definition.globalParameters ? rootOf("verification_root") : undefined;
  const roots = {
    landing_root: emulated(landingRoot),
    ...(verificationRoot && { verification_root: emulated(verificationRoot) }),
  };
  const read = reported.safeParse(definition.globalParameters);
  if (!read.success)
    throw new UserError(
      read.error.issues
        .map(({ path, message }) => {
          const value = JSON.stringify(definition.globalParameters[String(path[0])]);
          return `global parameter ${path.join(".")} is ${value}, expected ${message}`;
        })
        .join("; "),
    );
  return {
    synthesized,
    definition,
    landingRoot,
    verificationRoot,
    roots,
    schema: read.data.schema,
    resultsData: read.data.results_data,
    horizonHours: read.data.horizon_hours,
    windowHours: read.data.window_hours,
  };
}

/** The resource id of a factory on this machine. */
const resourceId = ({ name }: FactoryDefinition): string =>
  `/subscriptions/local/resourceGroups/local/providers/Microsoft.DataFactory/factories/${name}`;

/** The factory's global parameters, as they are on this machine. */
export function globalParameters({ definition, roots }: Blueprint): Readonly<Record<string, Json>> {
  return { ...definition.globalParameters, factory_id: resourceId(definition), ...roots, catalog: CATALOG };
}

/** The same container and folder in the storage emulator, as Spark reads them. */
function emulated({ container, folder }: LandingRoot): string {
  return `wasb://${container}@devstoreaccount1/${folder}`;
}
