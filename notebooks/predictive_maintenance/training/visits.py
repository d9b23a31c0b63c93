"""How often a plant's machines are visited for maintenance. Wear is found at a visit, rarely between."""

from __future__ import annotations

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from predictive_maintenance.windows import HOUR


def cycle_hours(maint: DataFrame, known_until: int) -> float | None:
    """The hours that most often lie between a machine's visit and its next one, of those before `known_until` (seconds
    since 1970); None when no machine was visited twice."""
    visits = (
        maint.select("machineID", F.unix_seconds("datetime").alias("at")).where(F.col("at") <= known_until).distinct()
    )
    before = F.lag("at").over(Window.partitionBy("machineID").orderBy("at"))
    gaps = visits.select(((F.col("at") - before) / HOUR).alias("gap")).where("gap IS NOT NULL")
    most = gaps.groupBy("gap").count().orderBy(F.col("count").desc(), "gap").first()
    return None if most is None else float(most.gap)
