import { INCOMING } from "../contract/lake";
import type { Names } from "../environments/naming";
import type { EnvironmentSettings } from "../environments/settings/settings";
import { globalParameter as anyGlobalParameter, type Expression } from "./language/expression";

/** What the values of an environment follow from. */
interface Environment {
  readonly names: Names;
  readonly settings: Pick<EnvironmentSettings, "data" | "training" | "costs">;
  /** Azure resource id of the factory's resource group. */
  readonly resourceGroupId: string;
}

/** The factory's global parameters: what differs between environments, and what a laptop overrides. All are strings. */
const VALUES = {
  /** Folder of the raw files, as Spark opens it; has no slash at its end. */
  landing_root: ({ names }: Environment) => `${names.landingUrl}/${INCOMING}`,
  /** Unity Catalog's catalog of all tables. */
  catalog: ({ names }: Environment) => names.catalog,
  /** Schema of all tables. */
  schema: ({ names }: Environment) => names.schema,
  /** Table of the features. */
  features_table: () => "features",
  /** Table of the predictions. */
  results_data: () => "predictions",
  /** Spark ML classifier: RandomForest, DecisionTree or GBT. */
  model: ({ settings }: Environment) => settings.training.model,
  /** Registered model: catalog, schema and name joined by dots. */
  model_name: ({ names }: Environment) => names.model,
  /** Hours ahead that a failure is predicted for, in digits. */
  horizon_hours: ({ settings }: Environment) => String(settings.training.horizonHours),
  /** JSON object of what a failure, an intervention and an inspection cost, by component. */
  costs: ({ settings }: Environment) => JSON.stringify(settings.costs),
  /** Hours between two windows of a machine, in digits. */
  window_hours: ({ settings }: Environment) => String(settings.data.windowHours),
  /** JSON object of the sensors whose plausible values are not the usual ones: lowest and highest. */
  limits: ({ settings }: Environment) => JSON.stringify(settings.data.limits),
  /** Days before the newest delivery that are listed again for late files, in digits. */
  look_back_days: ({ settings }: Environment) => String(settings.data.lookBackDays),
  /** Hours that a row may be later than the landing of its file, in digits. */
  ahead_hours: ({ settings }: Environment) => String(settings.data.aheadHours),
  /** Days that old versions of the tables are kept, in digits. */
  retention_days: ({ settings }: Environment) => String(settings.data.retentionDays),
  /** Azure resource id of the factory, which asks for its own runs. */
  factory_id: ({ names, resourceGroupId }: Environment) =>
    `${resourceGroupId}/providers/Microsoft.DataFactory/factories/${names.dataFactory}`,
  /** Folder of the known plant that a verification drops, as Spark opens it; has no slash at its end. */
  verification_root: ({ names }: Environment) => `${names.verificationUrl}/${INCOMING}`,
  /** Schema of a verification's tables. */
  verification_schema: ({ names }: Environment) => names.verificationSchema,
  /** Registered model of a verification. */
  verification_model_name: ({ names }: Environment) => names.verificationModel,
} as const;

export type GlobalParameterName = keyof typeof VALUES;

export const globalParameterNames: readonly string[] = Object.keys(VALUES);

/** The values of an environment, by their names. */
export function globalParameters(environment: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(VALUES).map(([name, value]) => [name, value(environment)]));
}

/** Reads a global parameter of the factory. */
export const globalParameter = (name: GlobalParameterName): Expression => anyGlobalParameter(name);
