"""Which observations the warnings of a run rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyspark import cloudpickle
from pyspark.ml.functions import vector_to_array
from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F

import predictive_maintenance
from predictive_maintenance.contract import SENSORS, SEPARATOR
from predictive_maintenance.features.inputs import LEARNED
from predictive_maintenance.reasons.contributions import Paths
from predictive_maintenance.reasons.words import Reason, reasons_for
from predictive_maintenance.training import pipeline
from predictive_maintenance.training.model import Model

REASONS = "array<struct<comp:string,subject:string,contribution:double,value:double,usual:double,text:string>>"
"""The type of the column `reasons`; see `Reason`."""
USUAL_DAYS = 60
"""The long-term level of a sensor is its mean over so many days,"""
UNUSUAL_HOURS = 72
"""but not over the last hours before a warning, in which it moves."""

# What runs on the workers goes there by value: the folder of the notebooks, where this package lies, is on the path of
# the driver only (databricks/databricks-vscode#827, #975).
cloudpickle.register_pickle_by_value(predictive_maintenance)  # type: ignore[no-untyped-call] # PySpark has no types for it

KEYS = ["machineID", "window_end"]


def reasons(
    model: Model, trees: Mapping[str, Paths], alerts: DataFrame, windows: DataFrame, history: DataFrame
) -> DataFrame:
    """machineID, window_end and `reasons` of each of `alerts` (machineID, window_end, predicted).

    `windows` are the features that these were predicted from, `history` those of the 60 days before, too.
    """
    inputs = pipeline.inputs(model.pipeline)

    def because(predicted: str, vector: Sequence[float], window: Row, usual: Row) -> list[Reason]:
        found = []
        for comp in predicted.split(SEPARATOR):
            contributions = dict(zip(inputs, map(float, trees[comp].contributions(vector)), strict=True))
            found += reasons_for(comp, contributions, window.asDict(), usual.asDict())
        return found

    warned = windows.join(F.broadcast(alerts.select(*KEYS, "predicted")), KEYS)
    prepared = pipeline.preparation(model.pipeline).transform(warned)
    usual = F.broadcast(_usual(alerts, history))
    window = F.struct(*(name for name in windows.columns if name not in KEYS))
    of = F.udf(because, REASONS)
    found = of("predicted", vector_to_array(F.col("features")), window, F.struct(*SENSORS))
    return prepared.join(usual, KEYS).select(*KEYS, found.alias("reasons"))


def _usual(alerts: DataFrame, history: DataFrame) -> DataFrame:
    """The long-term level of each sensor before each alert; null where there is none."""
    means = dict(zip(SENSORS, LEARNED))
    past = history.selectExpr("machineID AS machine", "window_end AS at", *means.values())
    begins, ends = (F.make_dt_interval(hours=F.lit(hours)) for hours in (USUAL_DAYS * 24, UNUSUAL_HOURS))
    before = F.col("at").between(F.col("window_end") - begins, F.col("window_end") - ends)
    matched = alerts.select(*KEYS).join(past, (alerts["machineID"] == past["machine"]) & before, "left")
    return matched.groupBy(*KEYS).agg(*(F.avg(mean).alias(sensor) for sensor, mean in means.items()))
