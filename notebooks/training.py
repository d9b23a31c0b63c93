# Databricks notebook source
# MAGIC %md
# MAGIC # Training
# MAGIC Trains one classifier per component, registers the model, and makes it champion unless it is worse.

# COMMAND ----------

import json

from predictive_maintenance.training.training import training

# COMMAND ----------

dbutils.widgets.text("catalog", "")
dbutils.widgets.text("schema", "")
dbutils.widgets.text("features_table", "")
dbutils.widgets.text("model", "")
dbutils.widgets.text("model_name", "")
dbutils.widgets.text("start_date", "")
dbutils.widgets.text("to_date", "")
dbutils.widgets.text("horizon_hours", "")
dbutils.widgets.text("run_id", "")
dbutils.widgets.text("window_hours", "")
dbutils.widgets.text("costs", "")

# COMMAND ----------

result = training(
    spark,
    catalog=dbutils.widgets.get("catalog"),
    schema=dbutils.widgets.get("schema"),
    features_table=dbutils.widgets.get("features_table"),
    model=dbutils.widgets.get("model"),
    model_name=dbutils.widgets.get("model_name"),
    start_date=dbutils.widgets.get("start_date"),
    to_date=dbutils.widgets.get("to_date"),
    horizon_hours=dbutils.widgets.get("horizon_hours"),
    run_id=dbutils.widgets.get("run_id"),
    window_hours=dbutils.widgets.get("window_hours"),
    costs=dbutils.widgets.get("costs"),
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(result))
