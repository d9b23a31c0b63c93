# Databricks notebook source
# MAGIC %md
# MAGIC # What was scored, and what came true
# MAGIC The predictions that the pipelines wrote, held against the failures since. Of a window that was scored more than once the last
# MAGIC prediction counts, and only windows whose outcome is known.
# MAGIC
# MAGIC `start_date`, `to_date`: bounds of `window_end`; no `start_date` is the first window of the hold-out of the champion's training:
# MAGIC a model has learned from what is before it. `model_name`: nothing is the model of the schema.

# COMMAND ----------

# MAGIC %matplotlib inline

# COMMAND ----------

import json
import os
import sys

sys.path.append(os.path.abspath(".."))  # the package lies beside this folder, which is the working directory

from predictive_maintenance.charts import quality as charts
from predictive_maintenance.explore.examination import champion_of, judge, known, said_by_predictions
from predictive_maintenance.predictions import newest
from predictive_maintenance.quality.evidence import evidence
from predictive_maintenance.quality.labels import parse_horizon
from predictive_maintenance.registry.registry import Registry
from predictive_maintenance.tables import full_name
from predictive_maintenance.windows import WindowRange, iso

# COMMAND ----------

dbutils.widgets.text("catalog", "")
dbutils.widgets.text("schema", "predictive_maintenance")
dbutils.widgets.text("results_data", "predictions")
dbutils.widgets.text("model_name", "")
dbutils.widgets.text("start_date", "")
dbutils.widgets.text("to_date", "")
dbutils.widgets.text("horizon_hours", "24")

# COMMAND ----------

catalog = dbutils.widgets.get("catalog") or spark.catalog.currentCatalog()
schema = dbutils.widgets.get("schema")
horizon = parse_horizon(dbutils.widgets.get("horizon_hours"))
registry = Registry(dbutils.widgets.get("model_name") or f"{catalog}.{schema}.predictive_maintenance")
trained = registry.summary(champion_of(registry))
windows = WindowRange.parse(dbutils.widgets.get("start_date") or trained["test_from"], dbutils.widgets.get("to_date"))
predictions = newest(windows.of(spark.table(full_name(catalog, schema, dbutils.widgets.get("results_data")))))

# COMMAND ----------

# MAGIC %md
# MAGIC ## The latest warnings

# COMMAND ----------

display(predictions.where("predicted != 'none'").orderBy("window_end", "machineID", ascending=[False, True]))

# COMMAND ----------

# MAGIC %md
# MAGIC ## By window
# MAGIC A warning was right when the component failed within the horizon.

# COMMAND ----------

examined = known(spark, catalog, schema, predictions, horizon)
print(f"{examined.windows} windows from {iso(examined.judged.first)} to {iso(examined.judged.last)}")
judged = judge(examined, said_by_predictions(), horizon)
display(judged.confusion())

# COMMAND ----------

print(f"macro F1 {judged.macro_f1}; {evidence(judged.failures, 'in these windows')}")
display(charts.precision_recall(judged.counted))

# COMMAND ----------

# MAGIC %md
# MAGIC ## Probabilities
# MAGIC How sure the model was, by what came true.

# COMMAND ----------

display(charts.probabilities(judged.counted))

# COMMAND ----------

# MAGIC %md
# MAGIC ## By failure event
# MAGIC Which failures were warned of in time, and how often somebody was sent for nothing.

# COMMAND ----------

display(charts.failure_events(judged.events))

# COMMAND ----------

display(judged.table())

# COMMAND ----------

figures = {
    "windows": examined.windows,
    "start_date": iso(examined.judged.first),
    "to_date": iso(examined.judged.last),
    "macro_f1": judged.macro_f1,
    "failures": judged.failures,
    "components": judged.figures(),
}
dbutils.notebook.exit(json.dumps(figures))
