# Databricks notebook source
# MAGIC %md
# MAGIC # What a model learns from
# MAGIC The features of each machine and window beside what came true: which windows are before a failure, how the
# MAGIC features differ there, and which of them say the same. Only windows whose outcome is known, labelled with the
# MAGIC horizon as in training.
# MAGIC
# MAGIC `start_date`, `to_date`: bounds of `window_end`; nothing is no bound. `horizon_hours`: a multiple of 12.

# COMMAND ----------

# MAGIC %matplotlib inline

# COMMAND ----------

import json
import os
import sys

sys.path.append(os.path.abspath(".."))  # the package lies beside this folder, which is the working directory

from predictive_maintenance.charts import features as charts
from predictive_maintenance.contract import COMPONENTS, SENSORS, SIGNS
from predictive_maintenance.explore import exploration
from predictive_maintenance.explore.examination import known
from predictive_maintenance.features.feature_engineering import read
from predictive_maintenance.quality.labels import parse_horizon
from predictive_maintenance.windows import WindowRange, iso

# COMMAND ----------

dbutils.widgets.text("catalog", "")
dbutils.widgets.text("schema", "predictive_maintenance")
dbutils.widgets.text("features_table", "features")
dbutils.widgets.text("start_date", "")
dbutils.widgets.text("to_date", "")
dbutils.widgets.text("horizon_hours", "24")

# COMMAND ----------

catalog = dbutils.widgets.get("catalog") or spark.catalog.currentCatalog()
schema = dbutils.widgets.get("schema")
horizon = parse_horizon(dbutils.widgets.get("horizon_hours"))
windows = WindowRange.parse(dbutils.widgets.get("start_date"), dbutils.widgets.get("to_date"))
features = read(spark, catalog, schema, dbutils.widgets.get("features_table"), windows)
examined = known(spark, catalog, schema, features, horizon)
labelled = examined.rows.persist()
display(labelled.orderBy("machineID", "window_end"))

# COMMAND ----------

# MAGIC %md
# MAGIC ## Labels
# MAGIC The windows before a failure of the four machines that have most of them. Two components can fail together.

# COMMAND ----------

display(charts.labels(exploration.failing_windows(labelled, machines=4), COMPONENTS))

# COMMAND ----------

# MAGIC %md
# MAGIC ## The sensor of each component
# MAGIC Its mean over 24 hours, in healthy windows and before a failure of that component. Boxes hold the middle half,
# MAGIC whiskers nine in ten.

# COMMAND ----------

means = {comp: f"{sensor}_mean_24h" for comp, (sensor, _, _) in SIGNS.items()}
display(charts.boxes(exploration.quantiles_by_label(labelled, means)))

# COMMAND ----------

# MAGIC %md
# MAGIC ## Time since replacement
# MAGIC Hours since the component itself was replaced.

# COMMAND ----------

replaced = {comp: f"hours_since_{comp}" for comp in COMPONENTS}
display(charts.boxes(exploration.quantiles_by_label(labelled, replaced)))

# COMMAND ----------

# MAGIC %md
# MAGIC ## Age
# MAGIC Age of the machine in years.

# COMMAND ----------

ages = dict.fromkeys(COMPONENTS, "age")
display(charts.boxes(exploration.quantiles_by_label(labelled, ages)))

# COMMAND ----------

# MAGIC %md
# MAGIC ## Errors
# MAGIC Mean number of each error in the day before a window, by what fails within the horizon after it.

# COMMAND ----------

errors = exploration.mean_errors(labelled)
if errors:
    display(charts.error_counts(errors))

# COMMAND ----------

# MAGIC %md
# MAGIC ## Which features say the same
# MAGIC Correlation over all windows.

# COMMAND ----------

names = [f"{sensor}_{statistic}_24h" for sensor in SENSORS for statistic in ("mean", "std")]
names += [f"{error}_count_24h" for error in errors] + [*replaced.values(), "age"]
display(charts.correlation(names, exploration.correlations(labelled, names)))

# COMMAND ----------

failing = exploration.failing(labelled)
labelled.unpersist()
judged = {"start_date": iso(examined.judged.first), "to_date": iso(examined.judged.last)}
dbutils.notebook.exit(json.dumps({"windows": examined.windows, **judged, "horizon_hours": horizon, "failing": failing}))
