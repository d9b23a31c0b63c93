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
  /** Spark ML classifier: RandomForest, DecisionTree or GBT. */
  "model",
  /** Registered model: catalog, schema and name joined by dots. */
  "model_name",
  /** Hours ahead that a failure is predicted for, in digits. */
  "horizon_hours",
  /** Hours between two windows of a machine, in digits. */
  "window_hours",
  /** JSON object of the sensors whose plausible values are not the usual ones: lowest and highest. */
  "limits",
  /** Days before the newest delivery that are listed again for late files, in digits. */
  "look_back_days",
  /** Hours that a row may be later than the landing of its file, in digits. */
  "ahead_hours",
  /** Days that old versions of the tables are kept, in digits. */
  "retention_days",
  /** Folder of the known plant that a verification drops, as Spark opens it; has no slash at its end. */
  "verification_root",
  /** Schema of a verification's tables. */
  "verification_schema",
  /** Registered model of a verification. */
  "verification_model_name",
] as const;

export type GlobalParameterName = (typeof globalParameterNames)[number];

/** A value for each of them. */
export type GlobalParameters = Readonly<Record<GlobalParameterName, string>>;
