# Databricks notebook source
# MAGIC %md
# MAGIC # Verification
# MAGIC Clears the schema of the verification; with the action `report` tells before what was predicted there.

# COMMAND ----------

import json

from predictive_maintenance.housekeeping.verification import verification

# COMMAND ----------

dbutils.widgets.text("action", "")
dbutils.widgets.text("catalog", "")
dbutils.widgets.text("schema", "")
dbutils.widgets.text("results_data", "")
dbutils.widgets.text("model_name", "")

# COMMAND ----------

result = verification(
    spark,
    action=dbutils.widgets.get("action"),
    catalog=dbutils.widgets.get("catalog"),
    schema=dbutils.widgets.get("schema"),
    results_data=dbutils.widgets.get("results_data"),
    model_name=dbutils.widgets.get("model_name"),
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(result))
