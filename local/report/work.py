"""The work list as the report shows it, and as one CSV file for people. Times are ISO 8601 in UTC."""

from pathlib import Path
from typing import Any

import one_file
from fates import ISO
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.rows import only_row
from predictive_maintenance.tables import WORK_LIST
from predictive_maintenance.work.items import CONFIRMED, FALSE, MISSED, OPEN, PREVENTED
from predictive_maintenance.work.outcomes import precision, prevented

MOST = 200
"""Open items that are shown: those with most at stake."""
TIMES = ("since", "until", "closed_at", "failed_at")
COLUMNS = (
    *("machineID", "component", "status", "outcome", "since", "until", "closed_at", "failed_at"),
    *("probability", "cost_at_stake", "why", "reopened", "model_version", "opened_by"),
)
OUTCOMES = (CONFIRMED, PREVENTED, FALSE, MISSED)


def write(spark: SparkSession, file: Path) -> None:
    """Writes all items, the open ones first and of these those with most at stake."""
    present = spark.catalog.tableExists(WORK_LIST.name)
    rows = _told(spark.table(WORK_LIST.name)) if present else None
    one_file.write(
        rows and rows.withColumn("why", F.expr("nullif(concat_ws('; ', why), '')")), COLUMNS, _in_order(), file
    )


def collect(spark: SparkSession) -> dict[str, Any] | None:
    """The open items, and how many came to what by component; None where there is no list."""
    if not spark.catalog.tableExists(WORK_LIST.name):
        return None
    rows = spark.table(WORK_LIST.name)
    each = {(comp, outcome): f"{comp}_{outcome}" for comp in COMPONENTS for outcome in OUTCOMES}
    number = {
        name: F.count_if((F.col("component") == comp) & (F.col("outcome") == outcome))
        for (comp, outcome), name in each.items()
    }
    counts = only_row(
        rows.agg(
            F.count_if(F.col("status") == OPEN).alias("open"),
            *(value.alias(name) for name, value in number.items()),
        )
    )
    shown = _told(rows).where(F.col("status") == OPEN).orderBy(*_in_order()).limit(MOST)
    why = F.coalesce("why", F.array().cast("array<string>")).alias("why")
    named = shown.select("machineID", "component", "since", "until", "probability", "cost_at_stake", why, "reopened")
    outcomes = [(comp, {outcome: counts[each[comp, outcome]] for outcome in OUTCOMES}) for comp in COMPONENTS]
    return {
        "open": counts.open,
        "items": [row.asDict() for row in named.collect()],
        "outcomes": [{"component": comp, **of, **precision(of)} for comp, of in outcomes],
    }


def prevented_here(spark: SparkSession) -> DataFrame:
    """Maintenance that may have prevented a failure, see `prevented`; without a list there is none."""
    found = prevented(spark, spark.catalog.currentCatalog(), spark.catalog.currentDatabase())
    nothing = "machineID int, comp string, datetime timestamp"
    return spark.createDataFrame([], nothing) if found is None else found


def _in_order() -> list[Column]:
    return [F.col("status") != OPEN, F.desc("cost_at_stake"), *map(F.col, ("since", "machineID", "component"))]


def _told(rows: DataFrame) -> DataFrame:
    return rows.withColumns({name: F.date_format(name, ISO) for name in TIMES})
