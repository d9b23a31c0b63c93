"""Keeps the tables quick to read and their storage bounded: small files are compacted, old versions removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from pyspark.sql import SparkSession

from predictive_maintenance.contract import LEAST_RETENTION_DAYS, UpkeepExit
from predictive_maintenance.landing.files import list_in_few_tasks
from predictive_maintenance.merge import retried
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.predictions import compared
from predictive_maintenance.rows import only_row
from predictive_maintenance.tables import INGESTED_FILES, MONITORING, PREDICTIONS, QUARANTINE, RAW, WORK_LIST, full_name

MANY_FILES = 100
"""A table of more files is compacted: every delivery adds a few, and reading thousands takes longer than their rows."""


def upkeep(
    spark: SparkSession, *, catalog: str, schema: str, features_table: str, results_data: str, retention_days: str
) -> UpkeepExit:
    """Returns how many tables were compacted (`optimized`) and how many had old versions removed (`vacuumed`).

    A table younger than the retention has nothing to remove. Raises ValueError for a retention of less than a week.
    """
    days = parse_retention(retention_days)
    results = replace(PREDICTIONS, name=results_data)
    fixed = (*RAW, QUARANTINE, INGESTED_FILES, MONITORING, WORK_LIST, results, compared(results))
    names = [*(table.name for table in fixed), features_table]
    tables = [full_name(catalog, schema, name) for name in names]
    present = [table for table in tables if spark.catalog.tableExists(table)]
    list_in_few_tasks(spark)
    done = in_parallel(spark, [partial(_tidy, spark, table, days) for table in present])
    return {
        "tables": len(present),
        "optimized": sum(optimized for optimized, _ in done),
        "vacuumed": sum(vacuumed for _, vacuumed in done),
    }


def parse_retention(text: str) -> int:
    """Reads the widget `retention_days`; who reads or writes needs the files it began with. Raises ValueError."""
    if not text.strip().isdecimal() or int(text) < LEAST_RETENTION_DAYS:
        raise ValueError(
            f"retention_days is '{text}': expected a whole number of days, at least {LEAST_RETENTION_DAYS}"
        )
    return int(text)


def _tidy(spark: SparkSession, table: str, days: int) -> tuple[bool, bool]:
    detail = only_row(spark.sql(f"DESCRIBE DETAIL {table}").select("numFiles", "createdAt"))
    optimized: bool = detail.numFiles > MANY_FILES
    if optimized:
        retried(lambda: spark.sql(f"OPTIMIZE {table}").collect())
    vacuumed: bool = detail.createdAt < datetime.now() - timedelta(days=days)
    if vacuumed:
        spark.sql(f"VACUUM {table} RETAIN {24 * days} HOURS").collect()
    return optimized, vacuumed
