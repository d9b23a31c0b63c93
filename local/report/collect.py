# Databricks notebook source
# MAGIC %md
# MAGIC # What a run found
# MAGIC Writes every scored window to one CSV file and the work list to another, and returns what the report shows.
# MAGIC `unseen_from` is the end of the last window of training and hold-out: quality is counted on later ones; "" means
# MAGIC that there is no model.

# COMMAND ----------

dbutils.widgets.text("catalog", "")
dbutils.widgets.text("schema", "")
dbutils.widgets.text("horizon_hours", "")
dbutils.widgets.text("unseen_from", "")
dbutils.widgets.text("results_data", "")
dbutils.widgets.text("predictions_csv", "")
dbutils.widgets.text("work_list_csv", "")

# COMMAND ----------

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "notebooks"))
import work  # which imports the package of the notebooks, as the next does
from findings import Findings

schema = f"`{dbutils.widgets.get('catalog')}`.`{dbutils.widgets.get('schema')}`"
spark.sql(f"CREATE SCHEMA IF NOT EXISTS {schema}")  # nothing was ingested, as by a pipeline without that activity
spark.sql(f"USE {schema}")
findings = Findings(
    spark,
    int(dbutils.widgets.get("horizon_hours")),
    dbutils.widgets.get("unseen_from"),
    dbutils.widgets.get("results_data"),
)
findings.write_predictions(Path(dbutils.widgets.get("predictions_csv")))
work.write(spark, Path(dbutils.widgets.get("work_list_csv")))

# COMMAND ----------

dbutils.notebook.exit(json.dumps(findings.collect()))
