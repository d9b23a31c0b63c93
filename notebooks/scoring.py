# Databricks notebook source
# MAGIC %md
# MAGIC # Scoring
# MAGIC Scores the windows of the range with the champion and marks the files behind them as scored. A backfill scores a
# MAGIC range again, with any version of the model, and marks nothing.

# COMMAND ----------

import json

from predictive_maintenance.scoring.scoring import scoring

# COMMAND ----------

dbutils.widgets.text("catalog", "")
dbutils.widgets.text("schema", "")
dbutils.widgets.text("features_table", "")
dbutils.widgets.text("results_data", "")
dbutils.widgets.text("model_name", "")
dbutils.widgets.text("start_date", "")
dbutils.widgets.text("to_date", "")
dbutils.widgets.text("run_id", "")
dbutils.widgets.text("model_version", "")
dbutils.widgets.text("backfill", "")

# COMMAND ----------

result = scoring(
    spark,
    catalog=dbutils.widgets.get("catalog"),
    schema=dbutils.widgets.get("schema"),
    features_table=dbutils.widgets.get("features_table"),
    results_data=dbutils.widgets.get("results_data"),
    model_name=dbutils.widgets.get("model_name"),
    start_date=dbutils.widgets.get("start_date"),
    to_date=dbutils.widgets.get("to_date"),
    run_id=dbutils.widgets.get("run_id"),
    model_version=dbutils.widgets.get("model_version"),
    backfill=dbutils.widgets.get("backfill"),
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(result))
