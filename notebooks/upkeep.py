# Databricks notebook source
# MAGIC %md
# MAGIC # Upkeep
# MAGIC Compacts tables of many small files and removes versions that are older than the retention.

# COMMAND ----------

import json

from predictive_maintenance.housekeeping.upkeep import upkeep

# COMMAND ----------

dbutils.widgets.text("catalog", "")
dbutils.widgets.text("schema", "")
dbutils.widgets.text("features_table", "")
dbutils.widgets.text("results_data", "")
dbutils.widgets.text("retention_days", "")
dbutils.widgets.text("run_id", "")

# COMMAND ----------

result = upkeep(
    spark,
    catalog=dbutils.widgets.get("catalog"),
    schema=dbutils.widgets.get("schema"),
    features_table=dbutils.widgets.get("features_table"),
    results_data=dbutils.widgets.get("results_data"),
    retention_days=dbutils.widgets.get("retention_days"),
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(result))
