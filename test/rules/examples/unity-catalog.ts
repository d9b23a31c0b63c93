import { add, change, type Examples, without } from "../spoil";

export const unityCatalog: Examples = {
  "catalog-objects-are-isolated": { spoil: without("databricks_catalog", "isolation_mode"), found: "every workspace" },
  "names-of-the-metastore-begin-with-the-catalog": {
    spoil: change("databricks_storage_credential", { name: "lake" }),
    found: "is called lake",
  },
  "read-only-locations-are-not-tried": {
    spoil: without("databricks_external_location", "skip_validation"),
    found: "databricks_external_location.lake_landing is read-only",
  },
  "locations-make-no-file-events": {
    spoil: without("databricks_external_location", "enable_file_events"),
    found: "databricks_external_location.lake_lake does not state",
  },
  "locations-go-with-their-catalog": {
    spoil: without("databricks_external_location", "force_destroy"),
    found: "databricks_external_location.lake_lake stays",
  },
  "volumes-are-managed": { spoil: change("databricks_volume", { volume_type: "EXTERNAL" }), found: "path of its own" },
  "locations-do-not-overlap": {
    spoil: add("databricks", "databricks_external_location", {
      url: "abfss://lake@stpdmdevd01.dfs.core.windows.net/catalog",
      isolation_mode: "ISOLATION_MODE_ISOLATED",
    }),
    found: "databricks_external_location.added overlaps",
  },
  "models-can-be-made-and-loaded": {
    spoil: change("databricks_grant", { privileges: ["USE_SCHEMA"] }),
    found: "CREATE_MODEL",
  },
};
