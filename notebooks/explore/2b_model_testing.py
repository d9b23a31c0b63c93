# Databricks notebook source
# MAGIC %md
# MAGIC # The champion on windows that it did not learn from
# MAGIC Which failures the model that scores would have warned of, beside the one-line rule that it has to beat: by
# MAGIC window and by failure event. The champion is asked again; no table and no version is changed.
# MAGIC
# MAGIC `start_date`, `to_date`: bounds of `window_end`; nothing is the hold-out of the champion's training.
# MAGIC `model_name`: nothing is the model of the schema.

# COMMAND ----------

# MAGIC %matplotlib inline

# COMMAND ----------

import json
import os
import sys

sys.path.append(os.path.abspath(".."))  # the package lies beside this folder, which is the working directory

from predictive_maintenance.charts import quality as charts
from predictive_maintenance.explore.examination import champion_of, judge, known, said_by_model, said_by_rule
from predictive_maintenance.features.feature_engineering import read
from predictive_maintenance.quality.evidence import evidence
from predictive_maintenance.quality.labels import parse_horizon
from predictive_maintenance.registry.registry import Registry
from predictive_maintenance.training import pipeline
from predictive_maintenance.training.model import Model
from predictive_maintenance.windows import WindowRange, iso

# COMMAND ----------

dbutils.widgets.text("catalog", "")
dbutils.widgets.text("schema", "predictive_maintenance")
dbutils.widgets.text("features_table", "features")
dbutils.widgets.text("model_name", "")
dbutils.widgets.text("start_date", "")
dbutils.widgets.text("to_date", "")
dbutils.widgets.text("horizon_hours", "24")

# COMMAND ----------

catalog = dbutils.widgets.get("catalog") or spark.catalog.currentCatalog()
schema = dbutils.widgets.get("schema")
horizon = parse_horizon(dbutils.widgets.get("horizon_hours"))
registry = Registry(dbutils.widgets.get("model_name") or f"{catalog}.{schema}.predictive_maintenance")
champion = champion_of(registry)
trained = registry.summary(champion)
model = Model.of(registry.load(champion), trained)
print(f"version {champion.number}, trained on {trained['trained_from']} to {trained['trained_to']}; {champion.verdict}")

# COMMAND ----------

# MAGIC %md
# MAGIC ## The windows
# MAGIC Those of the range whose outcome is known, and what the model says of them.

# COMMAND ----------

windows = WindowRange.parse(
    dbutils.widgets.get("start_date") or trained["test_from"], dbutils.widgets.get("to_date") or trained["test_to"]
)
features_table = dbutils.widgets.get("features_table")
tested = known(spark, catalog, schema, read(spark, catalog, schema, features_table, windows), horizon)
print(f"{tested.windows} windows from {iso(tested.judged.first)} to {iso(tested.judged.last)}")
learned = read(
    spark, catalog, schema, features_table, WindowRange.parse(trained["trained_from"], trained["trained_to"])
)
by_model = judge(tested, said_by_model(), horizon, model.transform(tested.rows))
by_rule = judge(tested, said_by_rule(learned), horizon)

# COMMAND ----------

# MAGIC %md
# MAGIC ## By window
# MAGIC A warning is right when the component fails within the horizon.

# COMMAND ----------

display(by_model.confusion())

# COMMAND ----------

display(charts.precision_recall(by_model.counted, model.thresholds))

# COMMAND ----------

# MAGIC %md
# MAGIC ## Model and rule
# MAGIC The rule warns when the component's own error came within a day and its sensor has shifted. Macro F1 is the mean
# MAGIC over the components that failed or were warned of; without any there is none.

# COMMAND ----------

print(
    f"macro F1: model {by_model.macro_f1}, rule {by_rule.macro_f1}; {evidence(by_model.failures, 'in these windows')}"
)
display(charts.model_beside_rule(by_model.by_window, by_rule.by_window))

# COMMAND ----------

# MAGIC %md
# MAGIC ## By failure event
# MAGIC A failure is warned of when any window within one horizon before it warns. Warnings in neighbouring windows are
# MAGIC one episode; an episode that no failure follows is a false alarm.

# COMMAND ----------

display(charts.failure_events(by_model.events))

# COMMAND ----------

display(by_model.table())

# COMMAND ----------

# MAGIC %md
# MAGIC ## What the model looks at

# COMMAND ----------

display(charts.importances(pipeline.importances(model.pipeline)))

# COMMAND ----------

figures = {
    "model_version": champion.number,
    "windows": tested.windows,
    "start_date": iso(tested.judged.first),
    "to_date": iso(tested.judged.last),
    "macro_f1": by_model.macro_f1,
    "rule_macro_f1": by_rule.macro_f1,
    "failures": by_model.failures,
    "components": by_model.figures(),
}
dbutils.notebook.exit(json.dumps(figures))
