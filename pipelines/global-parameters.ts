/** The factory's global parameters: what differs between environments, and what a laptop overrides. All are strings. */
export const globalParameterNames = [
  /** Folder of the raw files, as Spark opens it; has no slash at its end. */
  "landing_root",
  /** Unity Catalog's catalog of all tables. */
  "catalog",
  /** Schema of all tables. */
  "schema",
  /** Table of the features. */
  "features_table",
  /** Table of the predictions. */
  "results_data",
  /** Spark ML classifier: RandomForest or DecisionTree. */
  "model",
  /** Registered model: catalog, schema and name joined by dots. */
  "model_name",
  /** Hours ahead that a failure is predicted for, in digits. */
  "horizon_hours",
] as const;

export type GlobalParameterName = (typeof globalParameterNames)[number];

/** A value for each of them. */
export type GlobalParameters = Readonly<Record<GlobalParameterName, string>>;
