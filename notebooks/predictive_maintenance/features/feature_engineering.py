"""Keeps the features table up to date: a range of windows is computed again, and only rows that differ are written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.contract import FeatureEngineeringExit
from predictive_maintenance.features import point_in_time as features
from predictive_maintenance.landing import ledger
from predictive_maintenance.merge import merge, within
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.rows import kept, only_row
from predictive_maintenance.tables import ERRORS, MACHINES, MAINT, TELEMETRY, Table, ensure, full_name
from predictive_maintenance.windows import WindowRange, iso, moment, parse_window_hours

LEDGER_VERSION = "ledger_version"
"""The version of the ledger that a row was computed from, or a later one that gives the same."""


def feature_engineering(
    spark: SparkSession,
    *,
    catalog: str,
    schema: str,
    features_table: str,
    start_date: str,
    to_date: str,
    run_id: str = "",
    window_hours: str = "",
) -> FeatureEngineeringExit:
    """Computes the windows with `start_date <= window_end <= to_date` and returns how many, and the first and last end.

    Nothing is given: nothing is to be done. One bound alone leaves the other side open. Of a range that the run
    `run_id` has claimed only the windows that a file touches are computed. What another run has computed from a later
    ledger stays: of two runs at once the slower one may have read older rows.
    """
    hours = parse_window_hours(window_hours)
    if not start_date and not to_date:
        return {"rows": 0, "start_date": "", "to_date": ""}
    asked: list[Callable[[], Any]] = [
        partial(ledger.narrowed, spark, catalog, schema, run_id, WindowRange.parse(start_date, to_date, hours)),
        partial(ledger.version, spark, catalog, schema),
    ]
    windows, version = in_parallel(spark, asked)
    raw = (spark.table(table.of(catalog, schema)) for table in (TELEMETRY, ERRORS, MAINT, MACHINES))
    telemetry, errors, maint, machines = raw
    rows = features.compute(telemetry, errors, maint, machines, windows)
    with kept(rows.withColumn(LEDGER_VERSION, F.lit(version))) as rows:
        found = extent(rows)
        if found["rows"]:
            table = Table(features_table, _ddl(rows), ("machineID", "window_end"), "month")
            ensure(spark, catalog, schema, table)
            ranges = windows.parts or ((moment(found["first"]), moment(found["last"])),)
            bounds = " OR ".join(f"({within('window_end', *ends, month=True)})" for ends in ranges)
            merge(
                table.of(catalog, schema),
                rows,
                table.keys,
                bounds=bounds,
                compare=[name for name in features.COLUMNS if name not in table.keys],
                update_when=f"s.{LEDGER_VERSION} >= coalesce(t.{LEDGER_VERSION}, 0)",
            )
        return {"rows": found["rows"], "start_date": iso(found["first"]), "to_date": iso(found["last"])}


def read(spark: SparkSession, catalog: str, schema: str, features_table: str, windows: WindowRange) -> DataFrame:
    """The windows of the table in the range. Raises ValueError when nothing was ever computed."""
    name = full_name(catalog, schema, features_table)
    if not spark.catalog.tableExists(name):
        raise ValueError(
            f"features_table is '{features_table}': no such table in {catalog}.{schema}, run feature_engineering first"
        )
    return windows.of(spark.table(name))


def extent(rows: DataFrame, **more: Column) -> dict[str, Any]:
    """How many `rows` there are, and their `first` and `last` window end in seconds since 1970 (None without rows)."""
    end = F.unix_seconds("window_end")
    counted = {"rows": F.count(F.lit(1)), "first": F.min(end), "last": F.max(end), **more}
    return only_row(rows.agg(*(value.alias(name) for name, value in counted.items()))).asDict()


def _ddl(rows: DataFrame) -> str:
    return ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in rows.schema.fields)
