# Databricks notebook source
# MAGIC %md
# MAGIC # What landed
# MAGIC The five tables as they were ingested: how much there is, how the sensors are distributed, how often errors,
# MAGIC replacements and failures come, and what one machine's sensors do before it fails. Nothing is changed.
# MAGIC
# MAGIC `machine`: whose sensors are shown; nothing is the machine that failed last.

# COMMAND ----------

# MAGIC %matplotlib inline

# COMMAND ----------

import json
import os
import sys
from datetime import timedelta

sys.path.append(os.path.abspath(".."))  # the package lies beside this folder, which is the working directory

from predictive_maintenance.charts import plant
from predictive_maintenance.explore import exploration
from predictive_maintenance.landing.schemas import PLAUSIBLE
from predictive_maintenance.tables import RAW, full_name
from predictive_maintenance.windows import iso

# COMMAND ----------

dbutils.widgets.text("catalog", "")
dbutils.widgets.text("schema", "predictive_maintenance")
dbutils.widgets.text("machine", "")

# COMMAND ----------

catalog = dbutils.widgets.get("catalog") or spark.catalog.currentCatalog()
schema = dbutils.widgets.get("schema")
tables = {table.name: spark.table(full_name(catalog, schema, table.name)) for table in RAW}
units = {sensor: limits.unit for sensor, limits in PLAUSIBLE.items()}
machine, failed, component = exploration.latest_failure(tables["failures"], dbutils.widgets.get("machine"))

# COMMAND ----------

# MAGIC %md
# MAGIC ## How much
# MAGIC Rows of each table, and the time that they cover (UTC).

# COMMAND ----------

extents = exploration.extents(tables)
display(extents)

# COMMAND ----------

# MAGIC %md
# MAGIC ## Machines
# MAGIC How old they are, and of which model.

# COMMAND ----------

display(plant.ages(exploration.counts(tables["machines"].where("age IS NOT NULL"), "model", "age")))

# COMMAND ----------

# MAGIC %md
# MAGIC ## Errors, replacements, failures
# MAGIC An error stops nothing; a replacement is scheduled or follows a failure.

# COMMAND ----------

events = {name: exploration.counts(tables[name], column) for name, column in exploration.EVENT_KINDS.items()}
display(plant.event_counts(events))

# COMMAND ----------

# MAGIC %md
# MAGIC ## Sensors
# MAGIC Hourly means of all machines.

# COMMAND ----------

display(plant.distributions(exploration.histograms(tables["telemetry"]), units))

# COMMAND ----------

# MAGIC %md
# MAGIC ## One machine
# MAGIC A month of its sensors, up to a failure.

# COMMAND ----------

print(f"machine {machine}: {component} failed at {failed:%Y-%m-%d %H:%M} UTC")
month = exploration.trace(tables, machine, failed - timedelta(days=30), failed)
display(plant.traces(month.times, month.by_sensor, units))

# COMMAND ----------

# MAGIC %md
# MAGIC The days around that failure. Dashed: errors (yellow) and replacements (grey); solid red: failures. A failure
# MAGIC shows in the sensor of its component for two days, and is announced by an error one day ahead.

# COMMAND ----------

days = exploration.trace(tables, machine, failed - timedelta(days=6), failed + timedelta(days=1))
display(plant.traces(days.times, days.by_sensor, units, days.events))

# COMMAND ----------

rows = dict(zip(extents["table"], map(int, extents["rows"])))
example = {"machine": machine, "failed_at": iso(int(failed.timestamp())), "component": component}
dbutils.notebook.exit(json.dumps({"rows": rows, "example": example, **events}))
