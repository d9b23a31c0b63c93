# Databricks notebook source
# MAGIC %md
# MAGIC # Feature engineering
# MAGIC Computes the features of every machine and window in the range, and writes the rows that changed.

# COMMAND ----------

import json

from predictive_maintenance.features.feature_engineering import feature_engineering

# COMMAND ----------

dbutils.widgets.text("catalog", "")
dbutils.widgets.text("schema", "")
dbutils.widgets.text("features_table", "")
dbutils.widgets.text("start_date", "")
dbutils.widgets.text("to_date", "")
dbutils.widgets.text("run_id", "")
dbutils.widgets.text("window_hours", "")

# COMMAND ----------

result = feature_engineering(
    spark,
    catalog=dbutils.widgets.get("catalog"),
    schema=dbutils.widgets.get("schema"),
    features_table=dbutils.widgets.get("features_table"),
    start_date=dbutils.widgets.get("start_date"),
    to_date=dbutils.widgets.get("to_date"),
    run_id=dbutils.widgets.get("run_id"),
    window_hours=dbutils.widgets.get("window_hours"),
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(result))
