"""What came of the items of the work list, without taking a prevented failure for a false alarm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.tables import WORK_LIST
from predictive_maintenance.work.items import CONFIRMED, FALSE, MISSED, PREVENTED


class Precision(TypedDict):
    """Of the items whose outcome is known: the share that was right; None where nothing was."""

    precision: float | None
    """Prevented ones left out."""
    lowest: float | None
    """As if all of these had been false alarms."""
    highest: float | None
    """As if all of them would have failed."""
    recall: float | None
    """Of the failures, those that an item foresaw."""


def precision(counts: Mapping[str, int]) -> Precision:
    """Out of the number of items by outcome."""
    right, wrong, prevented, missed = (counts.get(outcome, 0) for outcome in (CONFIRMED, FALSE, PREVENTED, MISSED))
    return {
        "precision": _share(right, wrong),
        "lowest": _share(right, wrong + prevented),
        "highest": _share(right + prevented, wrong),
        "recall": _share(right, missed),
    }


def _share(part: int, rest: int) -> float | None:
    return round(part / (part + rest), 4) if part + rest else None


def prevented(spark: SparkSession, catalog: str, schema: str) -> DataFrame | None:
    """machineID, comp and datetime of maintenance that landed after an alert had asked for it, and that no failure
    followed in time. What would have come without it nobody knows. None where there is no work list."""
    name = WORK_LIST.of(catalog, schema)
    if not spark.catalog.tableExists(name):
        return None
    times = spark.table(name).where(~F.col("outcome").eqNullSafe(CONFIRMED)).withColumn("time", F.explode("history"))
    asked = times.where("time.after_alert").select("machineID", F.col("component").alias("comp"), "time.closed_at")
    return asked.withColumnRenamed("closed_at", "datetime")
