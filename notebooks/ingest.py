# Databricks notebook source
# MAGIC %md
# MAGIC # Ingest
# MAGIC Loads the files that landed since the last run, quarantines what is wrong, and returns the windows to be scored.

# COMMAND ----------

import json

from predictive_maintenance.landing.ingest import ingest

# COMMAND ----------

dbutils.widgets.text("landing_root", "")
dbutils.widgets.text("catalog", "")
dbutils.widgets.text("schema", "")
dbutils.widgets.text("run_id", "")
dbutils.widgets.text("window_hours", "")
dbutils.widgets.text("limits", "")
dbutils.widgets.text("look_back_days", "")
dbutils.widgets.text("ahead_hours", "")

# COMMAND ----------

result = ingest(
    spark,
    dbutils.fs.ls,
    landing_root=dbutils.widgets.get("landing_root"),
    catalog=dbutils.widgets.get("catalog"),
    schema=dbutils.widgets.get("schema"),
    run_id=dbutils.widgets.get("run_id"),
    window_hours=dbutils.widgets.get("window_hours"),
    limits=dbutils.widgets.get("limits"),
    look_back_days=dbutils.widgets.get("look_back_days"),
    ahead_hours=dbutils.widgets.get("ahead_hours"),
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(result))
